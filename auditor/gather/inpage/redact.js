// Blackens the text of what a selector matches, as soon as it stands in the page: (selectors) => void.
(selectors) => {
  const black = (text) => text.replace(/[^\s]/g, "\u2588");
  const named = ["alt", "title", "aria-label", "placeholder", "value", "href", "content"];
  const cover = (element) => {
    for (const part of [element, ...element.querySelectorAll("*")]) {
      for (const name of named) {
        const value = part.getAttribute(name);
        if (!value || (name === "href" && !/^(?:mailto|tel|sms):/i.test(value))) continue;
        const covered = name === "href" ? value.replace(/:.*/s, ":") : black(value);
        if (covered !== value) part.setAttribute(name, covered);
      }
    }
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const covered = black(texts.currentNode.data);
      if (covered !== texts.currentNode.data) texts.currentNode.data = covered;
    }
  };
  const all = () => {
    for (const selector of selectors) {
      try {
        document.querySelectorAll(selector).forEach(cover);
      } catch {
        // No selector: the site file's reader has told that already.
      }
    }
  };
  new MutationObserver(all).observe(document, { subtree: true, childList: true, characterData: true });
  all();
}
