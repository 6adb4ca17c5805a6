import { sha256 } from '@noble/hashes/sha2';
import type { PodTemplateSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlanMemory } from '../memory/planMemory';
import { canonicalJson } from './canonicalJson';
import { normalizeTemplate } from './normalizeTemplate';

/** No vowels, so that no hash spells a word; no characters that look alike. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const LENGTH = 10;

/** Short, stable and safe as a label value and in a name. */
export function shortHash(text: string): string {
  const digest = sha256(text);
  return [...digest.subarray(0, LENGTH)]
    .map(byte => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/** Texts of templates: one is compared on every turn with each ReplicaSet. */
type Texts = PlanMemory['templates'];

function canonicalText(template: PodTemplateSpec, texts?: Texts): string {
  const make = () => canonicalJson(normalizeTemplate(template));
  return texts ? texts.of(template, make) : make();
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
  texts?: Texts,
): string {
  return shortHash(`${canonicalText(template, texts)}#${collisionCount || ''}`);
}

/** Whether two templates make the same pods. */
export function isSameTemplate(
  left: PodTemplateSpec,
  right: PodTemplateSpec,
  texts?: Texts,
): boolean {
  return canonicalText(left, texts) === canonicalText(right, texts);
}
