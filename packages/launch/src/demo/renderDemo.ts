import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTemplate } from './renderTemplate';

/** A file of the demo with this start's addresses in it. */
export interface DemoFile {
  name: string;
  content: string;
}

/** Where this start's data plane is. */
export interface DemoAddresses {
  gateway: string;
  prometheus: string;
}

/** Reads and fills the YAML files of `demo/<folder>`, by name: a namespace comes before what is in it. */
export function renderDemo(
  root: string,
  folder: 'catalog' | 'manifests',
  addresses: DemoAddresses,
): DemoFile[] {
  const path = join(root, 'demo', folder);
  return (
    readdirSync(path)
      .filter(name => name.endsWith('.yaml'))
      // The namespace is the first by its name, as for `kubectl apply -f`.
      .sort((a, b) => a.localeCompare(b))
      .map(name => ({
        name,
        content: renderTemplate(readFileSync(join(path, name), 'utf8'), {
          ...addresses,
        }),
      }))
  );
}
