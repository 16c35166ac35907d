// Moving, adding and leaving out rows: chapters of an outline, people of a book. Without scripts, places are
// numbers to type.

export function outline() {
  return {
    init() {
      this.list = this.$root.querySelector("[data-chapters]");
      this.total = this.$root.querySelector("[name$='-TOTAL_FORMS']");
      this.renumber();
      this.$root.addEventListener("click", (event) => this.pressed(event));
    },

    pressed(event) {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      const row = button.closest("[data-chapter]");
      const act = { up: () => this.move(row, -1), down: () => this.move(row, 1), remove: () => this.remove(row) };
      act[button.dataset.do]?.();
      this.renumber();
    },

    move(row, by) {
      const rows = this.rows();
      const other = rows[rows.indexOf(row) + by];
      if (!other) return;
      if (by < 0) other.before(row);
      else other.after(row);
      row.querySelector(`[data-do="${by < 0 ? "up" : "down"}"]`).focus();
    },

    remove(row) {
      const rows = this.rows();
      const after = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
      row.querySelector("[name$='-DELETE']").checked = true;
      row.hidden = true;
      after?.querySelector("input[type='text']")?.focus();
    },

    add() {
      const number = Number(this.total.value);
      const template = this.$root.querySelector("template");
      const fresh = template.content.firstElementChild.cloneNode(true);
      for (const one of fresh.querySelectorAll("[name], [id], [for]")) {
        for (const name of ["name", "id", "for"]) {
          if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace("__prefix__", number));
        }
      }
      this.list.append(fresh);
      this.total.value = number + 1;
      this.renumber();
      fresh.querySelector("input[type='text']").focus();
    },

    rows() {
      return [...this.list.querySelectorAll("[data-chapter]")].filter((row) => !row.hidden);
    },

    renumber() {
      this.rows().forEach((row, place) => {
        row.querySelector("[name$='-ORDER']").value = place + 1;
        row.querySelector("[data-number]").textContent = place + 1;
      });
    },
  };
}
