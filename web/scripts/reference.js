// The reference of the API: Swagger UI, in light or dark as the page is. Its bundle is loaded before this file.

const place = document.getElementById("reference");
const theme = document.documentElement.dataset.theme;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function followTheme() {
  const dark = theme ? theme === "ink" : prefersDark.matches;
  document.documentElement.classList.toggle("dark-mode", dark);
}

function nameFields() {
  place.querySelector("#servers")?.setAttribute("aria-label", "Server");
}

followTheme();
prefersDark.addEventListener("change", followTheme);
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  onComplete: nameFields,
  validatorUrl: null, // which would be somebody else's
});
