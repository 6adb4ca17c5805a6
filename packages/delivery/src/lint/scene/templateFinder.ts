import { namespaceOf } from '../read/lintObject';
import type { TemplateScene } from './templateScene';

/** Finds a template by what a rollout says of it. */
export type TemplateFinder = (
  namespace: string,
  reference: { templateName: string; clusterScope?: boolean },
) => TemplateScene | undefined;

export function templateFinder(
  templates: readonly TemplateScene[],
): TemplateFinder {
  const known = new Map(
    templates.map(each => {
      const { kind, value } = each.object;
      const place =
        kind === 'ClusterAnalysisTemplate' ? '' : namespaceOf(each.object);
      return [`${kind}/${place}/${value.metadata.name}`, each];
    }),
  );
  return (namespace, { templateName, clusterScope }) =>
    known.get(
      clusterScope
        ? `ClusterAnalysisTemplate//${templateName}`
        : `AnalysisTemplate/${namespace}/${templateName}`,
    );
}
