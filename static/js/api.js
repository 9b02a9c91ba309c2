// The API's addresses to try: Swagger UI, from its package, on the schema that the page names.
const place = document.getElementById("try");
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

follow();
dark.addEventListener("change", follow);
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  docExpansion: "none",
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
});
