import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ImageDiff } from '../status/ImageDiff';

/** What a release brought: "blue → green". */
export const ReleaseImages = ({
  release,
}: {
  release: Pick<ReleaseSummary, 'images'>;
}) => (
  <ImageDiff
    images={release.images.map(({ container, from, to }) => ({
      container,
      stable: from,
      current: to,
    }))}
  />
);
