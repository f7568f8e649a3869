// Shows the buttons that copy what a box holds, and copies it when one is pressed. Without scripts the box can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy it yourself";
    }
  });
}
