/** Actions of the demo in progress, as the planner words them. */
export const PROMOTE_TO_40 = {
  label: 'Promote to 40 %',
  primary: true,
  consequences: [
    'Routes 40 % of the requests to green and runs 2 pods of it.',
    'Waits 10 s, then 60 %, 80 % and 100 % follow with 10 s between them.',
    'No pod of blue is stopped before green has all requests; until then Abort brings everything back at once.',
  ],
};

export const ABORT = {
  consequences: [
    'Routes all requests back to blue at once; its 5 pods are still running.',
    'The pods of green stop after 30 s.',
    'Retry starts green again from the first step.',
  ],
};

export const IN_PROGRESS = {
  'promote-full': {
    consequences: [
      'Routes all requests to green, skipping 6 steps and analysis.',
    ],
  },
  'skip-step': { consequences: ['Goes on with the step after this one.'] },
  pause: { consequences: ['Nothing moves until someone resumes.'] },
  restart: { consequences: ['Replaces the pods one after another.'] },
  'set-image': { consequences: ['Starts over with the new image.'] },
  undo: { consequences: ['Brings the chosen revision back.'] },
};
