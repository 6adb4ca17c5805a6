import { utf8Bytes } from '../../encoding/utf8';
import { stepsText } from './stepsText';

/** Source: k8s.io/apimachinery, `rand.SafeEncodeString`. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a, 32 bits, over UTF-8. */
function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8Bytes(text)) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * `status.currentStepHash`: the same value that Argo Rollouts computes, so that
 * whichever controller takes over from the other does not take the steps for
 * new ones and start over.
 */
export function stepsHash(steps: unknown): string {
  return [...String(fnv32a(stepsText(steps)))]
    .map(digit => ALPHABET[digit.charCodeAt(0) % ALPHABET.length])
    .join('');
}
