// A button with data-copy puts that text on the clipboard and says so for a moment.

const SHOWN = 2000; // milliseconds

export function copy(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    const words = button.firstElementChild;
    const before = words.textContent;
    let timer;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        // Not allowed, or not over https: the text is selected instead, to be copied by hand.
        button.parentElement.querySelector("input")?.select();
        return;
      }
      words.textContent = button.dataset.copied;
      clearTimeout(timer);
      timer = setTimeout(() => (words.textContent = before), SHOWN);
    });
  }
}
