import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AnyObject,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import { parseAllDocuments } from 'yaml';

/** The objects of one of the demo's services, in the order to create them. */
export function manifestsOf(
  service: 'colors' | 'search',
  namespace: string,
  prometheus: string,
): AnyObject[] {
  const file = join(__dirname, `../../../../demo/manifests/${service}.yaml`);
  const text = readFileSync(file, 'utf8').replaceAll(
    '${prometheus}',
    prometheus,
  );
  return parseAllDocuments(text).map(document => {
    const object = document.toJS() as AnyObject;
    object.metadata.namespace = namespace;
    return object;
  });
}

/** @throws Error when the demo has a kind that is not known here. */
export function resourceOf({ apiVersion, kind }: AnyObject): Resource {
  const [group, version] = apiVersion!.includes('/')
    ? apiVersion!.split('/')
    : ['', apiVersion];
  const known = Object.values(RESOURCES).find(
    resource => resource.kind === kind && resource.group === group,
  );
  if (!known)
    throw new Error(`The demo has a ${kind}, which is not known here`);
  return { ...known, version: version! };
}
