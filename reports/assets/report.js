// Filters a list as one types. Without script the filter stays hidden and the whole list is shown.
"use strict";

for (const filter of document.querySelectorAll("[data-filter]")) {
  const items = [...document.querySelectorAll("[data-item]")];
  if (items.length < 2) continue;
  const texts = items.map((item) => item.textContent.toLocaleLowerCase());
  const search = filter.querySelector("input[type=search]");
  const choices = [...filter.querySelectorAll("select[data-by]")];
  const count = filter.querySelector(".filter-count");

  const update = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, index) => {
      const fits = words.every((word) => texts[index].includes(word))
        && choices.every((choice) => !choice.value || item.dataset[choice.dataset.by] === choice.value);
      item.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown === items.length ? "" : filter.dataset.shown
      .replace("{shown}", String(shown)).replace("{total}", String(items.length));
  };

  search.addEventListener("input", update);
  choices.forEach((choice) => choice.addEventListener("change", update));
  filter.hidden = false;
  update();
}

// A mailed link to something folded opens what it is in.
const reveal = () => {
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return;
  }
  let opened = false;
  const within = target?.querySelector(":scope > .task-more");
  for (let element = within || target; element; element = element.parentElement) {
    if (element.tagName === "DETAILS" && !element.open) {
      element.open = true;
      opened = true;
    }
  }
  if (opened) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// Paper cannot be unfolded.
const folded = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open]):not(.developer)")) {
    details.open = true;
    folded.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});
