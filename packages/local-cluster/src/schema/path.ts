/** `spec` and `steps` make `spec.steps`; keys with odd characters are bracketed. */
export function childPath(parent: string, key: string): string {
  if (!/^[\w/-]+$/.test(key)) return `${parent}[${key}]`;
  return parent ? `${parent}.${key}` : key;
}

export function itemPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}
