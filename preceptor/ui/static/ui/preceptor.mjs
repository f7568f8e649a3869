// Starts the NHS components and nothing else: each behaviour of ours has a module of its own, and every page works without any.
import { initAll } from "../nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
