// A form with data-address suggests an organisation's address from its name, until somebody writes their own.

export function address(root) {
  for (const form of root.querySelectorAll("form[data-address]")) {
    const name = form.elements.namedItem("name");
    const slug = form.elements.namedItem("slug");
    let own = slug.value !== "";
    name.addEventListener("input", () => {
      if (!own) slug.value = suggested(name.value);
    });
    slug.addEventListener("input", () => {
      own = slug.value !== "";
    });
  }
}

// Letters of other scripts have no place in an address: what is left over may be nothing.
function suggested(name) {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, "")
    .trim()
    .replace(/[\s_-]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
}
