import { InputError } from '@backstage/errors';
import { RESOURCES, type Resource } from '@progressive-delivery/kube';

/** What a generated service consists of. */
const PUBLISHED: Resource[] = [
  RESOURCES.services,
  RESOURCES.virtualServices,
  RESOURCES.ingresses,
  RESOURCES.httpRoutes,
  RESOURCES.analysisTemplates,
  RESOURCES.rollouts,
];

/**
 * The resource of a manifest.
 * @throws InputError when the demo does not publish its kind
 */
export function publishedKind(manifest: {
  apiVersion: string;
  kind: string;
}): Resource {
  const [version = 'v1', group = ''] = manifest.apiVersion.split('/').reverse();
  const known = PUBLISHED.find(
    each => each.kind === manifest.kind && each.group === group,
  );
  if (!known) {
    throw new InputError(
      `The demo publishes no ${manifest.kind}, only ${PUBLISHED.map(({ kind }) => kind).join(', ')}.`,
    );
  }
  return { ...known, version };
}
