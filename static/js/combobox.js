// A text field that looks places up while one types (ARIA 1.2 combobox with a list below it).
//
//   <input type="text" name="party_name" id="id_party_name"
//          data-lookup-url="/file/places/" data-target="id_party" data-min-length="2"
//          data-searching="…" data-none="…" data-failed="…" data-found="%d …">
//   <input type="hidden" name="party" id="id_party">
//
// GET <data-lookup-url>?q=<typed> answers {"results": [{"id", "label", "detail", "value"}]}. A choice writes `value`
// (or `id`) into the target and `label` into the field, and fires `place-chosen` on the field with the result as its
// detail. Typing on empties the target, so that text and choice never contradict each other. Without this script the
// field is a plain one and the server does the look-up when the form is sent.

const WAIT = 200;

class Combobox {
  constructor(input) {
    this.input = input;
    this.target = document.getElementById(input.dataset.target);
    this.results = [];
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    const { input } = this;
    const box = document.createElement("div");
    box.className = "combobox";
    input.before(box);
    this.list = document.createElement("ul");
    this.list.className = "combobox__list";
    this.list.id = `${input.id}-list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.list.hidden = true;
    this.status = document.createElement("div");
    this.status.className = "combobox__status";
    this.status.setAttribute("role", "status");
    box.append(input, this.list);
    box.after(this.status);
    input.autocomplete = "off";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // Before the field loses focus, which would close the list under the pointer.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) {
        this.choose(Number(option.dataset.index));
      }
    });
  }

  say(text) {
    this.status.textContent = text ?? "";
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.target) {
      this.target.value = "";
    }
    const text = this.input.value.trim();
    if (text.length < Number(this.input.dataset.minLength ?? 2)) {
      this.close();
      this.say("");
      return;
    }
    this.timer = setTimeout(() => this.search(text), WAIT);
  }

  async search(text) {
    const request = new AbortController();
    this.request = request;
    this.say(this.input.dataset.searching);
    const url = new URL(this.input.dataset.lookupUrl, document.baseURI);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) {
        throw new Error(`The look-up answered ${answer.status}.`);
      }
      this.show((await answer.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close();
        this.say(this.input.dataset.failed);
      }
    }
  }

  show(results) {
    this.results = results;
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index)));
    this.say(results.length ? (this.input.dataset.found ?? "").replace("%d", results.length) : this.input.dataset.none);
    if (results.length && document.activeElement === this.input) {
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark(-1);
    } else {
      this.close();
    }
  }

  option(result, index) {
    const item = document.createElement("li");
    item.className = "combobox__option";
    item.id = `${this.list.id}-${index}`;
    item.dataset.index = index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const part of ["label", "detail"]) {
      if (result[part]) {
        const line = document.createElement("span");
        line.className = `combobox__${part}`;
        line.dir = "auto";
        line.textContent = result[part];
        item.append(line, " ");
      }
    }
    return item;
  }

  key(event) {
    const open = !this.list.hidden;
    const last = this.results.length - 1;
    if (event.key === "Escape" && open) {
      this.close();
    } else if (event.key === "ArrowDown" && open) {
      this.mark(this.active === last ? 0 : this.active + 1);
    } else if (event.key === "ArrowUp" && open) {
      this.mark(this.active <= 0 ? last : this.active - 1);
    } else if (event.key === "ArrowDown" && this.input.value.trim()) {
      this.search(this.input.value.trim());
    } else if (event.key === "Enter" && open && this.active >= 0) {
      this.choose(this.active);
    } else {
      return;
    }
    event.preventDefault();
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.list.children[index];
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  choose(index) {
    const result = this.results[index];
    this.input.value = result.label;
    if (this.target) {
      this.target.value = result.value ?? result.id;
    }
    this.close();
    this.say([result.label, result.detail].filter(Boolean).join(", "));
    this.input.dispatchEvent(new CustomEvent("place-chosen", { bubbles: true, detail: result }));
    this.target?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

document.querySelectorAll("input[data-lookup-url]").forEach((input) => new Combobox(input));
