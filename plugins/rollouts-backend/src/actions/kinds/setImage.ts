import {
  isImageReference,
  type PodSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { invalid, notApplicable, type ActionKind } from '../ActionContext';
import { gitOpsWarnings } from '../gitOpsWarnings';
import {
  templateHolder,
  templatePatch,
  type JsonPatchOperation,
} from '../patches';

type Images = { container: string; image: string }[];

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Deploys another image; `*` as the container's name means all. */
export const setImage: ActionKind = {
  action: 'set-image',
  binds: 'revision',
  label: () => 'Set image',

  refuse: ({ rollout, workload }) =>
    templateHolder(rollout, workload)?.object.spec?.template
      ? undefined
      : notApplicable(
          `The workload ${rollout.spec.workloadRef?.name ?? ''} that holds the pod template was not found.`,
          'Correct spec.workloadRef of the rollout.',
        ),

  plan(context, { images = [] }) {
    const { rollout, workload } = context;
    const holder = templateHolder(rollout, workload);
    const template = holder?.object.spec?.template;
    if (!holder || !template) {
      return invalid('The rollout has no pod template.');
    }
    if (images.length === 0) {
      return invalid(
        'No image was named.',
        'Send images: [{container, image}].',
      );
    }
    const malformed = images.find(({ image }) => !isImageReference(image));
    if (malformed) {
      return invalid(
        `"${malformed.image}" is not the name of an image.`,
        'Write it as registry/path:tag, or with a digest.',
      );
    }
    const names = containerNames(template.spec);
    const unknown = images.find(
      ({ container }) => container !== '*' && !names.includes(container),
    );
    if (unknown) {
      return invalid(
        `The template has no container "${unknown.container}".`,
        `Choose one of: ${names.join(', ')}.`,
      );
    }
    const operations = imageOperations(template.spec, images);
    return {
      patches: operations.length > 0 ? [templatePatch(holder, operations)] : [],
      warnings: gitOpsWarnings(rollout),
      does: images
        .map(({ container, image }) =>
          container === '*'
            ? `Sets every image to ${image}.`
            : `Sets the image of ${container} to ${image}.`,
        )
        .join(' '),
      ...(operations.length === 0 && {
        unchanged: 'It has that image already.',
      }),
    };
  },
};

function containerNames(spec: PodSpec): string[] {
  return LISTS.flatMap(list => (spec[list] ?? []).map(({ name }) => name));
}

/** Each replacement tests what it replaces, so that a change in between is noticed. */
function imageOperations(spec: PodSpec, images: Images): JsonPatchOperation[] {
  return LISTS.flatMap(list =>
    (spec[list] ?? []).flatMap(({ name, image }, index) => {
      const wanted = images.find(
        ({ container }) => container === name || container === '*',
      );
      if (!wanted || wanted.image === image) {
        return [];
      }
      const path = `/spec/template/spec/${list}/${index}`;
      return [
        { op: 'test' as const, path: `${path}/name`, value: name },
        { op: 'test' as const, path: `${path}/image`, value: image },
        { op: 'replace' as const, path: `${path}/image`, value: wanted.image },
      ];
    }),
  );
}
