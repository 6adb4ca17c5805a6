type Attributes = Record<string, string | number | undefined>;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** All that XML allows. */
const NOT_XML =
  /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text that cannot end what surrounds it. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, each => ENTITIES[each] ?? each)
    .replace(NOT_XML, '\ufffd');
}

/** Coordinates to a tenth of a pixel: the same picture everywhere. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** One element; children are elements already, texts are escaped by the caller. */
export function element(
  name: string,
  attributes: Attributes,
  ...children: string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escapeXml(String(typeof value === 'number' ? round(value) : value))}"`,
    )
    .join('');
  return children.length
    ? `<${name}${written}>${children.join('')}</${name}>`
    : `<${name}${written}/>`;
}

/** A text of the picture. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Attributes = {},
): string {
  return element('text', { x, y, ...attributes }, escapeXml(text));
}

/** What a pointer that rests on an element is told. */
export function hint(text: string): string {
  return element('title', {}, escapeXml(text));
}

/** As much of a text as fits, by the width of an average letter. */
export function fitted(
  text: string,
  width: number,
  letter: number = 6.2,
): string {
  const most = Math.floor(width / letter);
  if (text.length <= most) return text;
  return most < 6 ? '' : `${text.slice(0, most - 1)}…`;
}
