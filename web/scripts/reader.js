// The reader's comforts: letter size, paper, and pages that turn in picture books.
import { book } from "./picture-book.js";

const KEY = "octavo:reader";
const root = document.querySelector("[data-reader]");

if (root) {
  document.documentElement.classList.add("scripted");
  const wishes = { size: "2", paper: "", ...JSON.parse(localStorage.getItem(KEY) || "{}") };
  apply(wishes);
  for (const input of root.querySelectorAll("[data-wish]")) {
    input.checked = wishes[input.name] === input.value;
    input.addEventListener("change", () => {
      wishes[input.name] = input.value;
      localStorage.setItem(KEY, JSON.stringify(wishes));
      apply(wishes);
    });
  }
  keys(root);
  book(root);
}

function apply(wishes) {
  root.dataset.size = wishes.size;
  root.dataset.paper = wishes.paper;
}

// Arrow keys go to the chapter before and after, unless someone is typing or a picture book turns its pages.
function keys(reader) {
  if (reader.querySelector("[data-pages]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, dialog, [role='menu']") || event.altKey || event.ctrlKey) return;
    const name = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = name && reader.querySelector(`a[rel='${name}']`);
    if (link) link.click();
  });
}
