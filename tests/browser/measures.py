"""What is measured inside a page, as functions that the browser runs. Each returns the offenders."""

NAMES = """
const name = element => {
    const own = element.id ? `#${element.id}` : [...element.classList].map(c => `.${c}`).join("");
    const words = (element.innerText || element.value || element.getAttribute("aria-label") || "");
    const parent = element.parentElement ? element.parentElement.tagName.toLowerCase() + " > " : "";
    const short = words.trim().replace(/\\s+/g, " ").slice(0, 40);
    return `${parent}${element.tagName.toLowerCase()}${own} "${short}"`;
};
const shown = element => element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true});
"""

# The innermost elements that stick out, when the document is wider than its window.
STICKING_OUT = (
    """() => {"""
    + NAMES
    + """
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const right = element => {
        const box = element.getBoundingClientRect();
        return box.left + Math.max(box.width, element.scrollWidth);  // a long word leaves its box
    };
    const out = [...document.body.querySelectorAll("*")].filter(
        element => shown(element) && right(element) > root.clientWidth + 0.5);
    const innermost = out.filter(element => !out.some(other => other !== element && element.contains(other)));
    return [`document ${root.scrollWidth} px in ${root.clientWidth}`, ...innermost.map(name)];
}"""
)

# Targets under 24 px either way. A link in a line with other words is as high as its line; a box to
# tick is as large as its label; a shape on the map has its equivalent in the table below it (WCAG
# 2.5.8), where the links are measured.
SMALL_TARGETS = (
    """() => {"""
    + NAMES
    + """
    const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const block = element => {
        while (getComputedStyle(element).display === "inline") element = element.parentElement;
        return element;
    };
    const between_words = element => {
        if (getComputedStyle(element).display !== "inline") return false;
        const line = block(element), texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let text; (text = texts.nextNode()); ) {
            const around = text.parentElement;
            if (text.data.trim() && block(around) === line
                && !around.closest(TARGETS) && shown(around)) return true;
        }
        return false;
    };
    const large = element => {
        const box = element.getBoundingClientRect();
        return Math.round(box.width) >= 24 && Math.round(box.height) >= 24;
    };
    return [...document.querySelectorAll(TARGETS)]
        .filter(element => shown(element) && !element.closest("svg") && !between_words(element))
        .filter(element => ![element, ...(element.labels || [])].some(large))
        .map(element => {
            const box = element.getBoundingClientRect();
            return `${name(element)} ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`;
        });
}"""
)

# On paper nothing can be pressed, and ink is black: not grey, not the colour of a link.
NOT_FOR_PAPER = (
    """() => {"""
    + NAMES
    + """
    const BLACK = "rgb(0, 0, 0)", NONE = "rgba(0, 0, 0, 0)", WHITE = "rgb(255, 255, 255)";
    const CONTROLS = "button, input, select, textarea, details:has(form) > summary";
    const found = [...document.querySelectorAll(CONTROLS)].filter(shown).map(e => `control ${name(e)}`);
    const ground = getComputedStyle(document.body).backgroundColor;
    if (![NONE, WHITE].includes(ground)) found.push(`ground ${ground}`);
    const INK = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, blockquote, a, small, span";
    for (const element of document.body.querySelectorAll(INK)) {
        const ink = getComputedStyle(element).color;
        const writes = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (writes && shown(element) && ink !== BLACK && !element.closest(".mark"))
            found.push(`ink ${ink} ${name(element)}`);
    }
    return found;
}"""
)

# Where the focus is, and whether a reader can see it: drawn, in the window, not covered. On the
# calendar inside a field of date Chromium draws a ring of its own, and calls nothing focused.
FOCUS = (
    """wanted => {"""
    + NAMES
    + """
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const drawn = !element.matches(":focus")
        || element.matches(":focus-visible") && (outlined || style.boxShadow !== "none");
    const box = element.getClientRects()[0];
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const on_top = document.elementFromPoint(x, y);
    const seen = on_top && (element.contains(on_top) || on_top.contains(element));
    return {reached: element === wanted, visible: drawn && !!seen, name: name(element)};
}"""
)
