import type {
  ComparedRelease,
  ReleaseComparison,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stringify } from 'yaml';
import { templateChanges } from './templateChanges';

interface Side {
  summary: ReleaseSummary;
  template: unknown;
}

/** What differs between the versions of two releases. */
export function compareReleases(from: Side, to: Side): ReleaseComparison {
  const before = imagesOf(from.summary);
  const after = imagesOf(to.summary);
  const missing = [from, to].filter(({ template }) => template === undefined);
  return {
    from: compared(from),
    to: compared(to),
    images: [...new Set([...before.keys(), ...after.keys()])].map(
      container => ({
        container,
        from: before.get(container),
        to: after.get(container),
      }),
    ),
    template:
      missing.length > 0 ? [] : templateChanges(from.template, to.template),
    templateMissing:
      missing.length > 0
        ? `The pod template of ${missing
            .map(({ summary: { revision, podHash } }) =>
              revision === undefined ? podHash : `revision ${revision}`,
            )
            .join(' and ')} is not on record.`
        : undefined,
  };
}

function compared({ summary, template }: Side): ComparedRelease {
  const { id, ref, revision, podHash } = summary;
  return {
    ...{ id, ref, revision, podHash },
    template:
      template === undefined
        ? undefined
        : stringify(template, { sortMapEntries: true }),
  };
}

function imagesOf({ images }: ReleaseSummary): Map<string, string> {
  return new Map(images.map(({ container, to }) => [container, to]));
}
