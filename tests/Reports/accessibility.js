// What a reader would stumble over who has no pointer, does not see colours, or hears the page. Answers with a sentence
// for each; https://www.w3.org/TR/WCAG22/ has the rules.
() => {
    const problems = [];
    const all = selector => [...document.querySelectorAll(selector)];
    const place = element => element.outerHTML.slice(0, 120);
    const isShown = element => element.checkVisibility({ visibilityProperty: true })
        && element.getClientRects().length > 0;

    // 3.1.1, 2.4.2
    if (!document.documentElement.lang) problems.push("no language");
    if (!document.title.trim()) problems.push("no title");
    if (all("main").length !== 1) problems.push("not one main landmark");
    const ids = all("[id]").map(element => element.id);
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) problems.push(`id twice: ${id}`);
    for (const element of all("[aria-labelledby]"))
        for (const id of element.getAttribute("aria-labelledby").split(" "))
            if (!document.getElementById(id)) problems.push(`labelled by what is not there: ${id}`);

    // 1.3.1
    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6").filter(isShown)) {
        const now = Number(heading.tagName[1]);
        if (now > level + 1) problems.push(`heading of level ${now} below ${level}: ${heading.textContent.trim()}`);
        level = now;
    }
    if (all("h1").length !== 1) problems.push(`${all("h1").length} headings of level 1`);

    // 4.1.2, 1.1.1
    const nameOf = element => element.getAttribute("aria-label")
        || (element.getAttribute("aria-labelledby") || "").split(" ")
            .map(id => document.getElementById(id)?.textContent ?? "").join(" ").trim()
        || [...(element.labels ?? [])].map(label => label.textContent).join(" ").trim()
        || element.textContent.trim() || element.title;
    for (const element of all("a[href], button, summary, input, select, [role=region], form, nav"))
        if (!nameOf(element)) problems.push(`no name: ${place(element)}`);
    for (const element of all("svg, img"))
        if (!element.getAttribute("role") || !nameOf(element))
            problems.push(`picture without role and name: ${place(element)}`);
    for (const element of all("th")) if (!element.scope) problems.push(`a heading of what: ${place(element)}`);
    for (const element of all("[tabindex]"))
        if (element.tabIndex > 0) problems.push(`an order of its own: ${place(element)}`);
    for (const element of all("*"))
        for (const attribute of element.attributes)
            if (attribute.name.startsWith("on")) problems.push(`inline handler: ${place(element)}`);

    // 1.4.3
    const colour = text => {
        const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
        return { red, green, blue, alpha };
    };
    const over = (top, below) => ({
        red: top.red * top.alpha + below.red * (1 - top.alpha),
        green: top.green * top.alpha + below.green * (1 - top.alpha),
        blue: top.blue * top.alpha + below.blue * (1 - top.alpha), alpha: 1,
    });
    const light = ({ red, green, blue }) => [red, green, blue].map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = element => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
        return layers.reverse().reduce((below, top) => over(top, below), { red: 255, green: 255, blue: 255, alpha: 1 });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let looked = 0;
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || element.closest("script, style, template, title, noscript")
            || !isShown(element)) continue;
        const style = getComputedStyle(element);
        const below = ground(element);
        const ink = over(colour(element.closest("svg") ? style.fill : style.color), below);
        const [low, high] = [light(ink), light(below)].sort((a, b) => a - b);
        const contrast = (high + 0.05) / (low + 0.05);
        looked++;
        if (contrast >= 4.5) continue;
        problems.push(`contrast ${contrast.toFixed(2)}: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
    }
    if (looked < 5) problems.push("there is hardly any text");
    return [...new Set(problems)];
}
