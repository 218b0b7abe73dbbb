// Asks for the page again, and puts in what has changed: what is open, focused or scrolled stays so.
const interval = 2000;
const shown = new Map();

async function refresh() {
    try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.title = page.title;
        for (const part of document.querySelectorAll("[data-live]")) put(part, page.getElementById(part.id).innerHTML);
        document.getElementById("lost").hidden = true;
    } catch {
        document.getElementById("lost").hidden = false;
    }
    setTimeout(refresh, interval);
}

function put(part, text) {
    if ((shown.get(part.id) ?? part.innerHTML) === text) return;
    shown.set(part.id, text);
    const open = [...part.querySelectorAll("details[open]")].map(details => details.id);
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && (focused.closest("[id]").id === part.id ? null : focused.closest("[id]").id);
    part.innerHTML = text;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (place) (document.getElementById(place)?.querySelector("summary") ?? document.getElementById(place))?.focus();
}

setTimeout(refresh, interval);
