import { Cause } from '../../api/apiError';
import { NewObject, StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { applyPodSpecDefaults } from '../core/podTemplateDefaults';
import { validatePodSpec } from '../core/validatePodSpec';

export function applyTemplateDefaults(draft: NewObject): void {
  draft.spec ??= {};
  draft.spec.replicas ??= 1;
  if (draft.spec.template) {
    draft.spec.template.metadata ??= {};
    if (draft.spec.template.spec)
      applyPodSpecDefaults(draft.spec.template.spec);
  }
}

const COUNTS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit'] as const;

function negative(
  spec: Record<string, unknown>,
  field: (typeof COUNTS)[number],
): Cause[] {
  const value = spec[field];
  return typeof value === 'number' && value < 0
    ? [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${value}: must be greater than or equal to 0`,
          field: `spec.${field}`,
        },
      ]
    : [];
}

/** The pods must be valid, the selector must exist, select the template's own pods, and never change. */
export function validateWorkload(
  object: NewObject,
  previous?: StoredObject,
): Cause[] {
  const selector = object.spec?.selector;
  const labels = object.spec?.template?.metadata?.labels;
  if (!selector) {
    return [
      {
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: 'spec.selector',
      },
    ];
  }
  const causes = validatePodSpec(
    object.spec?.template?.spec,
    'spec.template.spec',
    ['Always'],
  );
  causes.push(...COUNTS.flatMap(field => negative(object.spec, field)));
  if (!matchesSelector(selector, labels)) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(labels ?? {})}: \`selector\` does not match template \`labels\``,
      field: 'spec.template.metadata.labels',
    });
  }
  const before = previous?.spec?.selector;
  if (before && JSON.stringify(before) !== JSON.stringify(selector)) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(selector)}: field is immutable`,
      field: 'spec.selector',
    });
  }
  return causes;
}
