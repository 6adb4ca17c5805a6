import type { LintObject } from '../read/lintObject';
import { shapeProblems } from '../schema/shapeProblems';
import type { ShapeProblem } from '../schema/checkShape';
import { ObjectIndex } from './objectIndex';
import { rolloutScene, type RolloutScene } from './rolloutScene';
import { templateFinder } from './templateFinder';
import { templateScene, type TemplateScene } from './templateScene';

/** All manifests together, as the rules look at them. */
export interface LintScene {
  objects: readonly LintObject[];
  /** What each object's schema says to it. */
  shapes: ReadonlyMap<LintObject, readonly ShapeProblem[]>;
  /** Those whose shape is in order; the others are only held against it. */
  rollouts: readonly RolloutScene[];
  /** AnalysisTemplates and ClusterAnalysisTemplates, likewise. */
  templates: readonly TemplateScene[];
  /** Of the sound ones. */
  index: ObjectIndex;
}

/** Fields that nobody knows do no harm to what the other rules look at. */
const isSound = (problems: readonly ShapeProblem[]) =>
  problems.every(each => each.kind === 'unknown');

export function lintScene(objects: readonly LintObject[]): LintScene {
  const shapes = new Map(objects.map(each => [each, shapeProblems(each)]));
  const sound = objects.filter(each => isSound(shapes.get(each) ?? []));
  const index = new ObjectIndex(sound);
  const of = (kind: string) =>
    sound.filter(each => `${each.group}/${each.kind}` === kind);
  const templates = [
    ...of('argoproj.io/AnalysisTemplate'),
    ...of('argoproj.io/ClusterAnalysisTemplate'),
  ].map(templateScene);
  const lookup = templateFinder(templates);
  return {
    objects,
    shapes,
    templates,
    index,
    rollouts: of('argoproj.io/Rollout').map(each =>
      rolloutScene(each, index, lookup),
    ),
  };
}
