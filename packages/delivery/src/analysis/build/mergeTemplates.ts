import type {
  AnalysisArgument,
  AnalysisSpec,
  AnalysisTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AnalysisBuildError } from './AnalysisBuildError';

/** What AnalysisTemplates are looked up in, each by name. */
export interface TemplateLookup {
  analysisTemplates: Record<string, AnalysisTemplate>;
  clusterAnalysisTemplates: Record<string, AnalysisTemplate>;
}

/** A reference to one template, as rollouts and templates write it. */
export interface TemplateReference {
  templateName: string;
  clusterScope?: boolean;
}

const own = <T>(record: Record<string, T>, key: string): T | undefined =>
  Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;

/**
 * The templates that the references name, and those that they name in turn,
 * each once, in the order in which they are met: those of the namespace first,
 * then those of the cluster.
 */
export function collectTemplates(
  references: TemplateReference[],
  lookup: TemplateLookup,
): AnalysisTemplate[] {
  const met = new Map<string, AnalysisTemplate>();
  const visit = (reference: TemplateReference, from?: string) => {
    const kind = reference.clusterScope
      ? 'ClusterAnalysisTemplate'
      : 'AnalysisTemplate';
    const key = `${kind}/${reference.templateName}`;
    if (met.has(key)) return;
    const template = own(
      reference.clusterScope
        ? lookup.clusterAnalysisTemplates
        : lookup.analysisTemplates,
      reference.templateName,
    );
    if (!template) {
      throw new AnalysisBuildError(
        `${kind} '${reference.templateName}' not found${from ? ` (referenced by ${from})` : ''}`,
        true,
      );
    }
    met.set(key, template);
    for (const nested of template.spec?.templates ?? []) visit(nested, key);
  };
  for (const reference of references) visit(reference);
  const ofKind = (kind: string) =>
    [...met].flatMap(([key, template]) =>
      key.startsWith(`${kind}/`) ? [template] : [],
    );
  return [...ofKind('AnalysisTemplate'), ...ofKind('ClusterAnalysisTemplate')];
}

function mergeArguments(templates: AnalysisTemplate[]): AnalysisArgument[] {
  const merged = new Map<string, AnalysisArgument>();
  for (const template of templates) {
    for (const argument of template.spec?.args ?? []) {
      const seen = merged.get(argument.name);
      if (!seen || (seen.value === undefined && !seen.valueFrom)) {
        merged.set(argument.name, argument);
      } else if (
        argument.value !== undefined &&
        seen.value !== undefined &&
        argument.value !== seen.value
      ) {
        throw new AnalysisBuildError(
          `Argument \`${argument.name}\` specified multiple times with different values: '${seen.value}', '${argument.value}'`,
        );
      }
    }
  }
  return [...merged.values()];
}

/**
 * One specification out of several templates: metrics, arguments, dry-run and
 * retention rules of all of them.
 * Source: Argo Rollouts, features/analysis.md, "Analysis with Multiple
 * Templates".
 *
 * @throws AnalysisBuildError when two metrics have the same name, or an
 * argument has two different defaults.
 */
export function mergeTemplates(templates: AnalysisTemplate[]): AnalysisSpec {
  const metrics = templates.flatMap(template => template.spec?.metrics ?? []);
  const names = new Set<string>();
  for (const { name } of metrics) {
    if (names.has(name)) {
      throw new AnalysisBuildError(`two metrics have the same name '${name}'`);
    }
    names.add(name);
  }
  if (!metrics.length) {
    throw new AnalysisBuildError(
      `no metrics in ${templates.map(template => `'${template.metadata.name}'`).join(', ') || 'the analysis: it names no template'}`,
    );
  }
  const dryRun = templates.flatMap(template => template.spec?.dryRun ?? []);
  const retention = templates.flatMap(
    template => template.spec?.measurementRetention ?? [],
  );
  return {
    metrics,
    args: mergeArguments(templates),
    ...(dryRun.length ? { dryRun } : {}),
    ...(retention.length ? { measurementRetention: retention } : {}),
  };
}
