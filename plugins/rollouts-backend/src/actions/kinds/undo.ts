import { isDeepStrictEqual } from 'node:util';
import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  defaultUndo,
  type PodTemplateSpec,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  invalid,
  notApplicable,
  type ActionContext,
  type ActionKind,
} from '../ActionContext';
import { gitOpsWarnings } from '../gitOpsWarnings';
import { imageTag } from '../imageTag';
import { templateHolder, templatePatch } from '../patches';

/** Brings the template of an earlier revision back. */
export const undo: ActionKind = {
  action: 'undo',
  // A second press must not undo the undo.
  binds: 'revision',

  label(context) {
    const previous = previousRevision(context);
    return previous ? `Undo to ${named(previous)}` : 'Undo';
  },

  refuse(context) {
    if (!templateHolder(context.rollout, context.workload)) {
      return notApplicable(
        `The workload ${context.rollout.spec.workloadRef?.name ?? ''} that holds the pod template was not found.`,
        'Correct spec.workloadRef of the rollout.',
      );
    }
    return !previousRevision(context)
      ? notApplicable(
          'There is no earlier revision to go back to.',
          'Deploy the version you want.',
          'set-image',
        )
      : undefined;
  },

  plan(context, { toRevision }) {
    const { rollout, workload } = context;
    const known = revisions(context);
    const target =
      toRevision === undefined
        ? previousRevision(context)
        : known.find(({ revision }) => revision === toRevision);
    const holder = templateHolder(rollout, workload);
    if (!target || !holder) {
      return invalid(
        `There is no revision ${toRevision}.`,
        `Choose one of: ${known.map(({ revision }) => revision).join(', ')}.`,
      );
    }
    const template = withoutHash(target.replicaSet.spec.template);
    const unchanged = isDeepStrictEqual(
      JSON.parse(JSON.stringify(template)),
      JSON.parse(JSON.stringify(holder.object.spec?.template)),
    );
    return {
      patches: unchanged
        ? []
        : [
            templatePatch(holder, [
              { op: 'replace', path: '/spec/template', value: template },
            ]),
          ],
      warnings: gitOpsWarnings(rollout),
      does: `Brings ${named(target)} back.`,
      ...(unchanged && {
        unchanged: `The template is that of revision ${target.revision} already.`,
      }),
    };
  },
};

/**
 * Of those before the version that is rolled out, by the rule that the page
 * follows too: `defaultUndo`. The decision names that version, so whoever
 * carries it out again arrives at the same target, unless more has become
 * known meanwhile of how updates ended.
 */
function previousRevision(context: ActionContext) {
  const known = revisions(context);
  const hash = context.rollout.status?.currentPodHash;
  const current = known.find(each => hashOf(each) === hash);
  return defaultUndo(
    known.map(each => ({
      ...each,
      outcome: context.outcomes?.get(hashOf(each) ?? ''),
    })),
    current?.revision,
  );
}

/** The images of the revision that an undo brings back, by their tags. */
export function undoneImageTag(context: ActionContext): string | undefined {
  const previous = previousRevision(context);
  return previous && (tagsOf(previous) || undefined);
}

interface Revision {
  revision: number;
  replicaSet: ReplicaSet;
}

/** By its own label: what the mirror keeps of a template has none. */
function hashOf({ replicaSet }: Revision): string | undefined {
  return replicaSet.metadata.labels?.[POD_TEMPLATE_HASH_LABEL];
}

/** "revision 3 (blue)" */
function named(known: Revision): string {
  const tags = tagsOf(known);
  return `revision ${known.revision}${tags && ` (${tags})`}`;
}

function tagsOf({ replicaSet }: Revision): string {
  return replicaSet.spec.template.spec.containers
    .flatMap(({ image }) => imageTag(image) ?? [])
    .join(', ');
}

/** Newest first. */
function revisions({ replicaSets }: ActionContext): Revision[] {
  return replicaSets
    .map(replicaSet => ({
      revision: Number(replicaSet.metadata.annotations?.[REVISION_ANNOTATION]),
      replicaSet,
    }))
    .filter(({ revision }) => Number.isInteger(revision))
    .sort((a, b) => b.revision - a.revision);
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [POD_TEMPLATE_HASH_LABEL]: _, ...labels } =
    template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
