// Shows the buttons that print a page, and prints when one is pressed. Without scripts the browser's own way stays.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
