// Adds behaviour to pages that already work without it.
import Alpine from "@alpinejs/csp";
import "htmx.org";

import { address } from "./address.js";
import { bell } from "./bell.js";
import { copy } from "./copy.js";
import { dialogs } from "./dialogs.js";
import { live } from "./live.js";
import { outline } from "./outline.js";
import { passkeys } from "./passkeys.js";
import { preview } from "./preview.js";
import { wizard } from "./wizard.js";

document.documentElement.classList.add("scripted");

Alpine.data("wizard", wizard);
Alpine.data("outline", outline);
Alpine.start();

// On a narrow screen the tab of this page may lie beyond the edge.
for (const here of document.querySelectorAll(".tabs-line [aria-current]")) {
  here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
}

address(document);
copy(document);
dialogs(document);
live(document);
bell(document);
passkeys(document);
preview(document);
