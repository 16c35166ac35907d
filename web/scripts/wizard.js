// The new-book form in steps. Without scripts it is one long page that works as well.

const DRAFT = "octavo:new-book";
const PREVIEW_DELAY = 250; // milliseconds after the last change

export function wizard() {
  return {
    step: 0,
    steps: [],
    kind: "",
    timer: null,

    init() {
      this.form = this.$root;
      if (!this.form.querySelector("[aria-invalid='true'], [data-refused]")) this.restore();
      this.arrange();
      const wrong = this.steps.findIndex((one) => one.querySelector("[aria-invalid='true'], .field-error"));
      this.show(Math.max(0, wrong));
      this.form.addEventListener("input", () => this.changed());
      this.form.addEventListener("change", () => this.changed());
      this.form.addEventListener("submit", () => sessionStorage.removeItem(DRAFT));
      this.preview();
    },

    // Which steps there are hangs on the kind of book.
    arrange() {
      this.kind = new FormData(this.form).get("kind") || "";
      const all = [...this.form.querySelectorAll("[data-step]")];
      for (const one of all) {
        const kinds = one.dataset.kinds;
        one.dataset.away = kinds && !kinds.split(" ").includes(this.kind) ? "yes" : "no";
      }
      this.steps = all.filter((one) => one.dataset.away === "no");
    },

    show(place) {
      this.step = place;
      for (const one of this.form.querySelectorAll("[data-step]")) one.hidden = one !== this.steps[place];
    },

    get last() {
      return this.step === this.steps.length - 1;
    },

    get first() {
      return this.step === 0;
    },

    get number() {
      return this.step + 1;
    },

    get count() {
      return this.steps.length;
    },

    next() {
      if (!this.valid()) return;
      this.show(Math.min(this.step + 1, this.steps.length - 1));
      this.arrive();
    },

    back() {
      this.show(Math.max(0, this.step - 1));
      this.arrive();
    },

    // Enter goes on to the next step instead of sending the form from the middle.
    enter(event) {
      if (this.last || event.target.tagName === "TEXTAREA" || event.target.tagName === "BUTTON") return;
      event.preventDefault();
      this.next();
    },

    arrive() {
      window.scrollTo({ top: 0 });
      const heading = this.steps[this.step].querySelector("h2");
      if (heading) heading.focus({ preventScroll: true });
    },

    valid() {
      for (const field of this.steps[this.step].querySelectorAll("input, textarea, select")) {
        if (!field.checkValidity()) {
          field.reportValidity();
          return false;
        }
      }
      return true;
    },

    changed() {
      const place = this.steps[this.step];
      this.arrange();
      this.show(Math.max(0, this.steps.indexOf(place)));
      this.keep();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.preview(), PREVIEW_DELAY);
    },

    preview() {
      const picture = this.form.querySelector("[data-preview]");
      if (!picture) return;
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(this.form)) {
        if (picture.dataset.fields.split(" ").includes(name)) query.append(name, value);
      }
      const address = `${picture.dataset.preview}?${query}`;
      if (picture.getAttribute("src") !== address) picture.setAttribute("src", address);
    },

    keep() {
      const typed = [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
      sessionStorage.setItem(DRAFT, JSON.stringify(typed));
    },

    restore() {
      const kept = sessionStorage.getItem(DRAFT);
      if (!kept) return;
      const typed = new Map();
      for (const [name, value] of JSON.parse(kept)) typed.set(name, value);
      for (const field of this.form.elements) {
        if (!field.name || field.type === "hidden" || field.type === "submit") continue;
        if (field.type === "radio") field.checked = typed.get(field.name) === field.value;
        else if (field.type === "checkbox") field.checked = typed.has(field.name);
        else if (typed.has(field.name)) field.value = typed.get(field.name);
      }
    },
  };
}
