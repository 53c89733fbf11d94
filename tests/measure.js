// Runs inside a page: says what overflows, what is too faint to read, which links have no text.
const rgba = text => {
  const numbers = text.match(/[\d.]+/g).map(Number);
  return numbers.length < 4 ? [...numbers, 1] : numbers;
};
const light = ([red, green, blue]) => {
  const part = value => {
    value /= 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
};
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
const ground = element => {
  for (; element; element = element.parentElement) {
    const color = rgba(getComputedStyle(element).backgroundColor);
    if (color[3] > 0) return color;
  }
  return dark ? [18, 18, 18, 1] : [255, 255, 255, 1];
};
const faint = [], wide = [], empty = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
  if (!text || element.closest('script, style') || !element.getClientRects().length) continue;
  const one = light(rgba(getComputedStyle(element).color)), other = light(ground(element));
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < 4.5) faint.push([text.slice(0, 40), Number(ratio.toFixed(2))]);
}
for (const element of document.body.querySelectorAll('*')) {
  const box = element.getBoundingClientRect();
  if (box.right > innerWidth + 1 || box.left < -1) {
    wide.push([element.tagName, element.textContent.trim().slice(0, 40), Math.round(box.right)]);
  }
}
for (const link of document.querySelectorAll('a')) {
  if (!(link.textContent.trim() || link.getAttribute('aria-label'))) empty.push(link.href);
}
const full = document.documentElement.scrollWidth;
const facts = { width: innerWidth, full, dark, faint, wide, empty, links: document.links.length };
const out = parent.document.createElement('pre');
out.className = 'facts';
out.dataset.name = frameElement.name;
out.textContent = JSON.stringify(facts);
parent.document.documentElement.append(out);
