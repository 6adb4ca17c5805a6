import type { TemplateChange } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Nobody reads more, and a template may be large. */
const MOST_CHANGES = 500;

/** By what a member of such a list is known, in order of preference. */
const KEYS = ['name', 'containerPort', 'mountPath', 'key', 'ip'] as const;

/** The fields that differ, in the order of their paths. */
export function templateChanges(from: unknown, to: unknown): TemplateChange[] {
  const before = leavesOf(from);
  const after = leavesOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((path): TemplateChange[] => {
      const [old, now] = [before.get(path), after.get(path)];
      if (old === now) {
        return [];
      }
      if (old === undefined) {
        return [{ path, kind: 'added', to: now }];
      }
      return now === undefined
        ? [{ path, kind: 'removed', from: old }]
        : [{ path, kind: 'changed', from: old, to: now }];
    })
    .slice(0, MOST_CHANGES);
}

/** Every scalar and every empty list or object, by its path, as JSON. */
function leavesOf(
  value: unknown,
  path = '',
  leaves = new Map<string, string>(),
): Map<string, string> {
  if (Array.isArray(value) && value.length > 0) {
    const key = KEYS.find(name => isKeyOf(value, name));
    value.forEach((member, index) =>
      leavesOf(
        member,
        `${path}[${key === undefined ? index : member[key]}]`,
        leaves,
      ),
    );
  } else if (isRecord(value) && Object.keys(value).length > 0) {
    for (const [name, field] of Object.entries(value)) {
      const step = /^[\w-]+$/.test(name) ? name : `"${name}"`;
      leavesOf(field, path === '' ? step : `${path}.${step}`, leaves);
    }
  } else {
    leaves.set(path, JSON.stringify(value));
  }
  return leaves;
}

/** Whether every member has it, and each another. */
function isKeyOf(members: unknown[], name: string): boolean {
  const values = members.map(member =>
    isRecord(member) ? member[name] : undefined,
  );
  return (
    values.every(value => value !== undefined) &&
    new Set(values).size === values.length
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
