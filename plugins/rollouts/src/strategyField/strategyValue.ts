import {
  completeDescription,
  descriptionProblems,
  type CompleteDescription,
  type DescriptionProblem,
  type RolloutDescription,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * What the field holds: a description without the service itself, whose name
 * and image other fields of the form ask for.
 */
export type StrategyValue = Omit<RolloutDescription, 'name' | 'image'>;

/** The service whose future is shown. */
export interface DescribedService {
  name: string;
  image: string;
}

/** As long as nobody has named the service. */
const SOME_SERVICE: DescribedService = {
  name: 'service',
  image: 'example.org/service:1.0.0',
};

/** What other fields of the form say so far; nonsense there is theirs to tell. */
export function describedService(form: unknown): DescribedService {
  const { name, image } = (form ?? {}) as Record<string, unknown>;
  const isSound = (
    candidate: DescribedService,
    field: keyof DescribedService,
  ) =>
    !descriptionProblems({ ...candidate, preset: 'standard' }).some(
      ({ path }) => path === field,
    );
  const named = { ...SOME_SERVICE, name: String(name ?? '') };
  const imaged = { ...SOME_SERVICE, image: String(image ?? '') };
  return {
    name: isSound(named, 'name') ? named.name : SOME_SERVICE.name,
    image: isSound(imaged, 'image') ? imaged.image : SOME_SERVICE.image,
  };
}

export function describe(
  value: StrategyValue,
  service: DescribedService = SOME_SERVICE,
): RolloutDescription {
  return { ...value, ...service };
}

/** With everything that the value leaves open. */
export function complete(value: StrategyValue): CompleteDescription {
  return completeDescription(describe(value));
}

/** What nothing can be made of, by the place in the value. */
export function problemsOf(value: StrategyValue): DescriptionProblem[] {
  return descriptionProblems(describe(value));
}

/**
 * A preset anew: details of another one would not fit. What is said of the
 * service and of where it runs stays.
 */
export function withPreset(
  value: StrategyValue,
  preset: StrategyValue['preset'],
): StrategyValue {
  const { replicas, port, readinessPath, router, gateway, analysis } = value;
  const prometheus = analysis === 'none' ? undefined : analysis?.prometheus;
  const kept: StrategyValue = {
    preset,
    replicas,
    port,
    readinessPath,
    gateway,
    // A preset that works by one router alone names it itself.
    router: complete({ preset }).router === 'none' ? router : undefined,
    analysis: prometheus === undefined ? undefined : { prometheus },
  };
  return Object.fromEntries(
    Object.entries(kept).filter(([, of]) => of !== undefined),
  );
}

/**
 * `10, 25 50` as numbers. What is none, or missing between two commas, is NaN
 * and refused as such; a comma at the end is on its way to another weight.
 */
export function parseWeights(text: string): number[] {
  const parts = text.replaceAll('%', ' ').split(/[,;]/);
  if (parts.at(-1)?.trim() === '') parts.pop();
  return parts.flatMap(part => part.trim().split(/\s+/).map(weightOf));
}

/** `Number('')` would be 0. */
function weightOf(word: string): number {
  return word === '' ? Number.NaN : Number(word);
}
