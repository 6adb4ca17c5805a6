/** Two images with what they share taken out: `before + from + after` is the first. */
export interface MarkedImages {
  before: string;
  from: string;
  to: string;
  after: string;
}

/** Where an image reference has joints: path, tag, digest. */
const JOINT = /[/:@]/;

/**
 * Marks what differs between two images, in whole parts: `v1.2` and `v1.3`
 * differ as tags, not by their last digit.
 */
export function markImages(from: string, to: string): MarkedImages {
  const a = parts(from);
  const b = parts(to);
  const shortest = Math.min(a.length, b.length);
  let start = 0;
  while (start < shortest && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) {
    end++;
  }
  return {
    before: a.slice(0, start).join(''),
    from: a.slice(start, a.length - end).join(''),
    to: b.slice(start, b.length - end).join(''),
    after: a.slice(a.length - end).join(''),
  };
}

/** `demo/colors:blue` as `demo`, `/`, `colors`, `:`, `blue`. */
function parts(image: string): string[] {
  const found: string[] = [];
  let word = '';
  for (const character of image) {
    if (JOINT.test(character)) {
      found.push(word, character);
      word = '';
    } else {
      word += character;
    }
  }
  return [...found, word].filter(part => part !== '');
}
