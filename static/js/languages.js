// Offers an English page in the reader's own language. The page itself is the same for everybody at one address, so the
// browser is asked, never the server; who declines is not asked again. An address with a language was chosen already.

const KEY = "language-offer-declined";
const list = document.querySelector("[data-languages]");

function declined() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true; // a browser that keeps nothing would be asked on every page
  }
}

// "zh-TW" wants another script than "zh-hans" offers: it is asked for by its own code alone.
function fits(offered, wanted) {
  const tag = wanted.toLowerCase();
  if (offered === "zh-hans") return ["zh", "zh-cn", "zh-sg"].includes(tag) || tag.startsWith("zh-hans");
  return tag === offered || tag.startsWith(`${offered}-`);
}

function wantedLink() {
  const links = [...list.querySelectorAll("a[hreflang]")];
  const current = links.find((link) => link.hasAttribute("aria-current"));
  if (current !== links[0]) return null;
  for (const wanted of navigator.languages ?? []) {
    const link = links.find((one) => fits(one.hreflang, wanted));
    if (link) return link === current ? null : link;
  }
  return null;
}

function offer(link) {
  const bar = document.createElement("aside");
  bar.className = "language-offer";
  bar.lang = link.lang;
  bar.dir = "auto";
  const accept = document.createElement("a");
  accept.href = link.href;
  accept.hreflang = link.hreflang;
  accept.textContent = link.dataset.offer;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "language-offer__close";
  close.textContent = "×";
  close.setAttribute("aria-label", list.dataset.dismiss);
  close.lang = document.documentElement.lang;
  close.addEventListener("click", () => {
    localStorage.setItem(KEY, "1");
    bar.remove();
  });
  bar.append(accept, close);
  document.querySelector("main").before(bar);
}

if (list && !declined()) {
  const link = wantedLink();
  if (link) offer(link);
}
