import { createHash } from 'node:crypto';
import type { PodTemplateSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canonicalJson } from './canonicalJson';
import { normalizeTemplate } from './normalizeTemplate';

/** No vowels, so that no hash spells a word; no characters that look alike. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const LENGTH = 10;

/** Short, stable and safe as a label value and in a name. */
export function shortHash(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, LENGTH)]
    .map(byte => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/**
 * By identity: objects of a view are never changed in place, and a template is
 * compared on every turn with each of the rollout's ReplicaSets.
 */
const canonicalTexts = new WeakMap<PodTemplateSpec, string>();

function canonicalText(template: PodTemplateSpec): string {
  const known = canonicalTexts.get(template);
  if (known !== undefined) return known;
  const text = canonicalJson(normalizeTemplate(template));
  canonicalTexts.set(template, text);
  return text;
}

/**
 * The value of `rollouts-pod-template-hash` for a template. Another
 * controller's hash of the same template differs: ReplicaSets are recognised
 * by their template, and keep the hash that they have.
 *
 * @param collisionCount - grows when another template already took the name
 */
export function templateHash(
  template: PodTemplateSpec,
  collisionCount: number = 0,
): string {
  return shortHash(`${canonicalText(template)}#${collisionCount || ''}`);
}

/** Whether two templates make the same pods. */
export function isSameTemplate(
  left: PodTemplateSpec,
  right: PodTemplateSpec,
): boolean {
  return canonicalText(left) === canonicalText(right);
}
