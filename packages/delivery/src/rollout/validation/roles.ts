import type {
  AntiAffinity,
  PodTemplateMetadata,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from './problem';

/** Labels by which pods are found cannot depend on their role. */
function validateMetadata(
  { spec }: Rollout,
  field: string,
  metadata: PodTemplateMetadata | undefined,
): Problem[] {
  const selected = spec.selector?.matchLabels ?? {};
  return Object.entries(metadata?.labels ?? {})
    .filter(
      ([key, value]) => Object.hasOwn(selected, key) && selected[key] !== value,
    )
    .map(([key, value]) => ({
      field: `${field}.labels[${key}]`,
      kind: 'Invalid value',
      value,
      detail: `the selector asks for ${key}=${selected[key]}: choose another label`,
    }));
}

function validateAntiAffinity(
  field: string,
  antiAffinity: AntiAffinity | undefined,
): Problem[] {
  if (!antiAffinity) return [];
  const preferred =
    antiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
  const required = antiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  if ((preferred === undefined) === (required === undefined)) {
    return [
      {
        field,
        kind: 'Invalid value',
        value: antiAffinity,
        detail: 'AntiAffinity must have exactly one strategy listed',
      },
    ];
  }
  return preferred && !(preferred.weight >= 1 && preferred.weight <= 100)
    ? [
        {
          field: `${field}.preferredDuringSchedulingIgnoredDuringExecution.weight`,
          kind: 'Invalid value',
          value: preferred.weight,
          detail: 'AntiAffinity weight must be between 1-100',
        },
      ]
    : [];
}

/** What pods are given by their role, and where they may be. */
export function validateRoles(rollout: Rollout): Problem[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {};
  const at = canary ? 'spec.strategy.canary' : 'spec.strategy.blueGreen';
  const stanzas = {
    canaryMetadata: canary?.canaryMetadata,
    stableMetadata: canary?.stableMetadata,
    previewMetadata: blueGreen?.previewMetadata,
    activeMetadata: blueGreen?.activeMetadata,
  };
  return [
    ...Object.entries(stanzas).flatMap(([name, metadata]) =>
      validateMetadata(rollout, `${at}.${name}`, metadata),
    ),
    ...validateAntiAffinity(
      `${at}.antiAffinity`,
      canary?.antiAffinity ?? blueGreen?.antiAffinity,
    ),
  ];
}
