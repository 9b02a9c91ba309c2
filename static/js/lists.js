// A filtered list without reloading the page: short addresses, unfolded filters, the count read aloud.
// Without it, or without htmx, the form is sent and the whole page comes.

const form = () => document.getElementById("filters");

// Leave out what is empty, and the statuses where they are the default ones.
function shorten(data) {
  for (const [name, value] of [...data.entries()]) {
    if (value === "") data.delete(name);
  }
  if (data.getAll("status").sort().join(" ") === form().dataset.statuses.split(" ").sort().join(" ")) {
    data.delete("status");
  }
}

document.addEventListener("formdata", (event) => {
  if (event.target.closest("#list")) shorten(event.formData);
});
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.closest("#list")) return;
  shorten(event.detail.formData);
  if (isSheet(event.target) && event.detail.triggeringEvent?.type !== "submit") event.preventDefault();
});

// On a phone the panel lies over the results. An answer would swap it away under the finger: it waits for the button.
function isSheet(panel) {
  return getComputedStyle(panel).position === "fixed";
}

// The panel is swapped with its counts: what was unfolded stays so.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...document.querySelectorAll(".filters details[open]")].map((each) => each.id);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  const count = document.getElementById("count");
  if (count) document.getElementById("announcement").textContent = count.textContent;
  // A link that removed itself leaves the focus nowhere.
  if (document.activeElement === document.body) {
    document.getElementById("results")?.focus({ preventScroll: true });
  }
});
