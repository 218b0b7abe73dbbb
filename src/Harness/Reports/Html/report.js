// The list of cells, its filters, and the drill-down. Data comes from data/*.js, which call the two functions below:
// a page that was opened from disk can fetch nothing. What is shown is set as text, never as markup.
"use strict";
const byId = id => document.getElementById(id);
const filterNames = ["server", "client", "scenario", "version", "suite", "verdict", "change", "cause", "text"];
const step = 200;
let cells = null, found = [], shown = 0;
const details = new Map();

function load(name) {
    return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => { script.remove(); resolve(); };
        script.onerror = () => reject(new Error(`data/${name}.js is not in the report's folder`));
        document.head.append(script);
    });
}

globalThis.tlsinteropCells = data => {
    const text = {};
    for (const [name, column] of Object.entries(data.columns)) text[name] = row => column.words[column.of[row]];
    cells = { count: data.count, chunk: data.chunk, columns: data.columns, text };
};
globalThis.tlsinteropDetails = data => details.set(data.chunk, data.cells);

function isRed(row) {
    return cells.text.red(row) === "1";
}

function idOf(row) {
    const of = name => cells.text[name](row);
    if (!of("client") && !of("scenario")) return of("server");
    const terms = [of("version"), of("suite"), of("rest")].filter(word => word).join("-");
    return [of("server"), of("client"), of("scenario"), terms].join("/");
}

// --- Filters: they stand in the address ------------------------------------------------------------------------------

function filtersOfAddress() {
    const filters = {};
    for (const [name, value] of new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")))
        if (filterNames.includes(name) && value) filters[name] = value;
    return filters;
}

function addressOf(filters) {
    const words = filterNames.filter(name => filters[name])
        .map(name => `${name}=${encodeURIComponent(filters[name])}`);
    return `#${words.join("&")}`;
}

function filtersOfForm() {
    const filters = {};
    for (const [name, value] of new FormData(byId("filters"))) if (value) filters[name] = value;
    return filters;
}

function showInForm(filters) {
    for (const field of byId("filters").elements) {
        if (!field.name) continue;
        const value = filters[field.name] ?? "";
        // A value of another run may not be among those of this one: it is shown all the same.
        if (field.tagName === "SELECT" && ![...field.options].some(option => option.value === value))
            field.add(new Option(value, value));
        field.value = value;
    }
}

// Words of a column are few: each is looked at once, and a row costs one look into a table.
function matcher(name, value) {
    const { words, of } = cells.columns[name];
    const fits = word => word === value
        || ((name === "server" || name === "client") && !value.includes("@") && word.startsWith(`${value}@`));
    const good = words.map(fits);
    return row => good[of[row]];
}

function matchers(filters) {
    return Object.entries(filters).map(([name, value]) => {
        if (name === "text") {
            const wanted = value.toLowerCase();
            return row => idOf(row).toLowerCase().includes(wanted)
                || cells.text.cause(row).toLowerCase().includes(wanted);
        }
        return name === "verdict" && value === "red" ? matcher("red", "1") : matcher(name, value);
    });
}

// --- What is shown ---------------------------------------------------------------------------------------------------

async function showAddress() {
    const filters = filtersOfAddress();
    showInForm(filters);
    const names = Object.keys(filters);
    if (names.length === 0) {
        [found, shown] = [[], 0];
        byId("list").replaceChildren();
        byId("more").hidden = byId("pair").hidden = true;
        byId("found").textContent = byId("found").dataset.start;
        return;
    }
    try {
        if (!cells) await load("cells");
    } catch (missing) {
        byId("found").textContent = missing.message;
        return;
    }
    const rows = [...Array(cells.count).keys()];
    const fitting = matchers(filters).reduce((left, fits) => left.filter(fits), rows);
    // Reds first; else in the order of the plan.
    found = [...fitting.filter(isRed), ...fitting.filter(row => !isRed(row))];
    shown = 0;
    byId("list").replaceChildren();
    byId("found").textContent = `${found.length} of ${cells.count} cells`;
    showPair(filters);
    showMore();
}

function showMore() {
    const next = found.slice(shown, shown + step);
    byId("list").append(...next.map(item));
    shown += next.length;
    byId("more").hidden = shown >= found.length;
    byId("more").textContent = `Show more (${found.length - shown} left)`;
}

function stateOf(key) {
    return byId(`state-${key}`).content.cloneNode(true);
}

function item(row) {
    const made = byId("cell-template").content.cloneNode(true);
    const slot = name => made.querySelector(`[data-slot="${name}"]`);
    slot("state").append(stateOf(cells.text.verdict(row)));
    slot("id").textContent = idOf(row);
    if (cells.text.page(row)) {
        const path = idOf(row).split("/").map(encodeURIComponent).join("/");
        slot("page").hidden = false;
        slot("page").querySelector("a").href = `cells/${path}.html`;
    }
    const facts = slot("facts");
    slot("state").closest("details").addEventListener("toggle", () => showFacts(row, facts), { once: true });
    return made;
}

async function showFacts(row, place) {
    const chunk = Math.floor(row / cells.chunk);
    try {
        if (!details.has(chunk)) await load(`details-${chunk}`);
        const facts = details.get(chunk)[row % cells.chunk];
        for (let i = 0; i < facts.length; i += 2) place.append(fact(facts[i], facts[i + 1]));
    } catch (missing) {
        place.append(fact("Missing", missing.message));
    }
}

function fact(name, text) {
    const made = byId("fact-template").content.cloneNode(true);
    made.querySelector("dt").textContent = name;
    made.querySelector("dd").textContent = text;
    return made;
}

// Version by suite of one server and one client.
function showPair(filters) {
    const isPair = filters.server && filters.client;
    byId("pair").hidden = !isPair;
    if (!isPair) return;
    const ends = matchers({ server: filters.server, client: filters.client });
    // As in the table of all pairs: what was left out, or is there no more, is no cell of a field.
    const rows = [...Array(cells.count).keys()].filter(row => ends.every(fits => fits(row))
        && !["skipped", "vanished"].includes(cells.text.verdict(row)));
    const values = name => [...new Set(rows.map(cells.text[name]))].sort();
    const versions = values("version");
    byId("pair-title").textContent = `${filters.client} to ${filters.server}`;
    const head = byId("pair-table").tHead.rows[0];
    while (head.cells.length > 1) head.lastElementChild.remove();
    head.append(...versions.map(version => heading("col", version)));
    byId("pair-table").tBodies[0].replaceChildren(...values("suite").map(suite => {
        const line = document.createElement("tr");
        line.append(heading("row", suite || "the stacks' choice"));
        for (const version of versions) line.append(field(filters, version, suite,
            rows.filter(row => cells.text.version(row) === version && cells.text.suite(row) === suite)));
        return line;
    }));
}

function heading(scope, text) {
    const made = document.createElement("th");
    made.scope = scope;
    made.textContent = text;
    return made;
}

function field(filters, version, suite, rows) {
    if (rows.length === 0) return document.createElement("td");
    const made = byId("field-template").content.cloneNode(true);
    const count = state => rows.filter(row => cells.text.verdict(row) === state).length;
    const [lost, known] = [count("notrun"), count("known")];
    const reds = rows.filter(isRed).length;
    // What is red comes first, then what never ran, which is not as expected whatever the others are.
    const state = reds > 0 ? "fail" : lost > 0 ? "notrun" : known === rows.length ? "known" : "pass";
    const chip = stateOf(state).firstElementChild;
    made.querySelector("td").className = chip.classList[1]
        + (reds > 0 ? ` heat${1 + Math.min(3, Math.floor((4 * reds - 1) / rows.length))}` : "");
    const [mark, text] = made.querySelectorAll("span");
    mark.textContent = chip.querySelector(".mark").textContent;
    const told = reds > 0 ? reds : lost;
    const among = known > 0 && known < rows.length
        ? ` ${stateOf("known").firstElementChild.querySelector(".mark").textContent}${known}` : "";
    text.textContent = told > 0 ? `${told}/${rows.length}` : `${rows.length}${among}`;
    const link = made.querySelector("a");
    link.href = addressOf({ server: filters.server, client: filters.client, version, suite });
    link.title = `${rows.length - lost} run, ${reds} red` + (known > 0 ? `, ${known} known failures` : "")
        + (lost > 0 ? `, ${lost} not run` : "");
    return made;
}

function startList() {
    byId("found").dataset.start = byId("found").textContent;
    const form = byId("filters");
    let typing = 0;
    const apply = () => { location.hash = addressOf(filtersOfForm()); };
    form.addEventListener("submit", event => { event.preventDefault(); apply(); });
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => { location.hash = "#"; });
    form.addEventListener("input", event => {
        if (event.target.name !== "text") return;
        clearTimeout(typing);
        typing = setTimeout(apply, 250);
    });
    byId("more").addEventListener("click", () => {
        const before = byId("list").children.length;
        showMore();
        byId("list").children[before]?.querySelector("summary").focus();
    });
    // A view that was asked for by a link is where the reader goes on; one that he types goes on in the form.
    addEventListener("hashchange", async () => {
        await showAddress();
        if (form.contains(document.activeElement) || Object.keys(filtersOfAddress()).length === 0) return;
        const title = byId("pair").hidden ? byId("cells-title") : byId("pair-title");
        title.focus({ preventScroll: true });
        title.scrollIntoView();
    });
    showAddress();
}

// --- Pages of cells --------------------------------------------------------------------------------------------------

// What a step of a ladder says, beside the picture while it is pointed at or focused.
function startLadder(figure) {
    const panel = figure.querySelector("[data-panel]");
    const show = event => {
        const link = event.target.closest("[data-step]");
        const told = link && byId(link.dataset.step);
        if (!told) return;
        panel.replaceChildren(...[...told.querySelector("[data-told]").children].map(part => part.cloneNode(true)));
    };
    figure.addEventListener("mouseover", show);
    figure.addEventListener("focusin", show);
    figure.addEventListener("click", event => {
        const link = event.target.closest("[data-step]");
        if (link) byId(link.dataset.step)?.setAttribute("open", "");
    });
}

function startCopy(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        const text = byId(button.dataset.copies).textContent;
        try {
            await navigator.clipboard.writeText(text);
            button.textContent = "Copied";
        } catch {
            getSelection().selectAllChildren(byId(button.dataset.copies));
            button.textContent = "Selected: copy it";
        }
    });
}

// --- Colours ---------------------------------------------------------------------------------------------------------

function startTheme(button) {
    const root = document.documentElement;
    const next = { system: "light", light: "dark", dark: "system" };
    const show = () => {
        const theme = root.dataset.theme ?? "system";
        byId("theme-word").textContent = theme;
        button.setAttribute("aria-label", `Colours: ${theme}. Change to ${next[theme]}`);
    };
    button.hidden = false;
    button.addEventListener("click", () => {
        const theme = next[root.dataset.theme ?? "system"];
        if (theme === "system") delete root.dataset.theme;
        else root.dataset.theme = theme;
        try {
            localStorage.setItem("tlsinterop-theme", theme);
        } catch { /* It holds for this page. */ }
        show();
    });
    show();
}

startTheme(byId("theme"));
if (byId("filters")) startList();
document.querySelectorAll("figure.ladder").forEach(startLadder);
document.querySelectorAll("button[data-copies]").forEach(startCopy);
