// Starts the NHS components we use and nothing else: each behaviour of ours has a module of its own, and every page works
// without any. File inputs and radios stay the browser's own: dressed up, their names and states fail axe.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, createAll,
} from "../nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, SkipLink,
]) {
  createAll(component);
}
