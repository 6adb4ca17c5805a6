import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
} from '@progressive-delivery/kube';
import { parse } from 'yaml';
import type { Row } from '../report/report';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  [fact: string]: unknown;
}

/** For each CRD of the reference: that the one served without it neither prunes nor refuses anything that its own takes. */
export async function crdRows(
  client: KubeClient,
  folder: string,
): Promise<Row[]> {
  const files = readdirSync(folder).filter(file => file.endsWith('-crd.yaml'));
  const rows: Row[] = [];
  for (const file of files) {
    const reference = parse(readFileSync(join(folder, file), 'utf8'));
    const served = await client.get(RESOURCES.customResourceDefinitions, {
      name: reference.metadata.name,
    });
    const details = narrowings(schemaOf(reference), schemaOf(served), '');
    rows.push({
      scenario: `fields of ${reference.spec.names.kind}`,
      outcome: details.length === 0 ? 'same' : 'different',
      details,
    });
  }
  return rows;
}

function schemaOf(crd: AnyObject): Schema {
  const { properties, ...schema }: Schema =
    crd.spec.versions[0].schema.openAPIV3Schema;
  const { apiVersion: _a, kind: _b, metadata: _c, ...own } = properties ?? {};
  return { ...schema, properties: own };
}

/** Where the served schema takes less than the reference's. */
function narrowings(
  reference: Schema,
  served: Schema | undefined,
  path: string,
): string[] {
  if (!served) return [`${path}: pruned`];
  const keeps = (schema: Schema) =>
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (keeps(served) && !served.properties) return [];
  const found: string[] = [];
  if (keeps(reference) && !keeps(served)) found.push(`${path}: prunes`);
  const [wanted, actual] = [typeOf(reference), typeOf(served)];
  if (wanted !== actual) found.push(`${path}: ${actual}, not ${wanted}`);
  for (const field of served.required ?? []) {
    if (!reference.required?.includes(field)) {
      found.push(`${path}: requires ${field}`);
    }
  }
  if (
    served.enum &&
    JSON.stringify(served.enum) !== JSON.stringify(reference.enum)
  ) {
    found.push(`${path}: allows other values`);
  }
  for (const [key, property] of Object.entries(reference.properties ?? {})) {
    found.push(
      ...narrowings(property, served.properties?.[key], `${path}.${key}`),
    );
  }
  if (reference.items) {
    found.push(...narrowings(reference.items, served.items, `${path}[]`));
  }
  const values = reference.additionalProperties;
  if (typeof values === 'object') {
    const ours = served.additionalProperties;
    found.push(
      ...narrowings(
        values,
        typeof ours === 'object' ? ours : undefined,
        `${path}{}`,
      ),
    );
  }
  return found;
}

function typeOf(schema: Schema): string | undefined {
  return schema['x-kubernetes-int-or-string']
    ? 'integer or string'
    : schema.type;
}
