// An article's marks: what is said at a mark stands in a panel while the pointer or the focus is on it.
// The page says the same without: each mark has it as its title, and leads to its place in the list of facts.

export function marks(text) {
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  // For eyes: who has the page read aloud hears the description of the link that has the focus.
  panel.setAttribute("aria-hidden", "true");
  document.body.append(panel);
  for (const link of text.querySelectorAll("a[title]")) {
    link.dataset.said = link.title;
    link.setAttribute("aria-description", link.title);
    link.removeAttribute("title");
  }
  let lit = [];
  const hide = () => {
    panel.hidden = true;
    for (const each of lit) each.classList.remove("lit");
    lit = [];
  };
  const show = (event) => {
    const link = event.target.closest?.("a[data-said]");
    hide();
    if (!link) return;
    panel.replaceChildren(...link.dataset.said.split("\n").map(line));
    panel.hidden = false;
    lit = [link.closest(".mark"), document.querySelector(link.hash)].filter(Boolean);
    for (const each of lit) each.classList.add("lit");
  };
  text.addEventListener("pointerover", show);
  text.addEventListener("pointerleave", hide);
  text.addEventListener("focusin", show);
  text.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

function line(said) {
  const element = document.createElement("p");
  element.dir = "auto";
  element.textContent = said;
  return element;
}
