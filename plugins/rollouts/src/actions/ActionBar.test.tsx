import {
  act,
  configure,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import { answerOf, renderOn, renderState } from '../__testUtils__/renderState';
import { RolloutActionError } from '../api/RolloutActionError';
import { EntityRolloutsCard } from '../card/EntityRolloutsCard';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

const [before] = answerOf('paused').rollouts;
const [after] = answerOf('timed-pause').rollouts;

async function openPromote() {
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', { name: 'Promote to 40 %' }),
  );
  return { user, dialog: await screen.findByRole('dialog') };
}

describe('promoting', () => {
  it('says what will happen, repeats the verb, and sends what the person saw', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const { user, dialog } = await openPromote();

    expect(
      within(dialog).getByText(
        'Routes 40 % of the requests to green and runs 2 pods of it.',
      ),
    ).toBeVisible();
    expect(await axe(dialog)).toHaveNoViolations();
    await user.click(
      within(dialog).getByRole('button', { name: 'Promote to 40 %' }),
    );

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]).toEqual({
      rollout: { cluster: 'local', namespace: 'demo', name: 'colors' },
      action: 'promote',
      request: {
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        seen: {
          uid: before!.rollout.uid,
          generation: 2,
          podHash: '5f6b7c8d99',
          stepIndex: 1,
        },
      },
    });
  });

  it('keeps a number and its unit on one line', async () => {
    const answer = answerOf('paused');
    for (const action of answer.rollouts[0]!.rollout.actions) {
      action.consequences = ['Waits 10 s.'];
    }
    renderOn(new StateRolloutsApi(answer), <EntityRolloutsCard />);
    const { dialog } = await openPromote();

    expect(within(dialog).getByText('Waits 10 s.').textContent).toBe(
      'Waits 10\u00a0s.',
    );
  });

  it('is not done before the cluster shows it', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const { user, dialog } = await openPromote();
    await user.click(
      within(dialog).getByRole('button', { name: 'Promote to 40 %' }),
    );

    expect(
      await screen.findByText(
        'Promote to 40 %: accepted, waiting for the cluster to show it',
      ),
    ).toBeVisible();
    expect(screen.queryByText('Promote to 40 %: done')).toBeNull();

    act(() =>
      api.push({
        type: 'rollout',
        data: { ...after!, rollout: { ...after!.rollout, version: '3' } },
      }),
    );
    expect(await screen.findByText('Promote to 40 %: done')).toBeVisible();
  });

  it('goes by keyboard alone', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const user = userEvent.setup();
    const promote = await screen.findByRole('button', {
      name: 'Promote to 40 %',
    });

    for (let i = 0; i < 20 && document.activeElement !== promote; i++) {
      await user.tab();
    }
    expect(promote).toHaveFocus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Promote to 40 %',
    });
    for (let i = 0; i < 20 && document.activeElement !== confirm; i++) {
      await user.tab();
    }
    expect(confirm).toHaveFocus();
    await user.keyboard('{Enter}');

    await waitFor(() => expect(api.asked).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows a refusal in place, with the remedy and the action that helps', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    api.answer = () => {
      throw new RolloutActionError('The rollout has moved on.', 409, {
        code: 'moved-on',
        message: 'The rollout has moved on to step 4.',
        remedy: 'Look at it again and decide anew.',
        instead: 'abort',
      });
    };
    const { user, dialog } = await openPromote();
    await user.click(
      within(dialog).getByRole('button', { name: 'Promote to 40 %' }),
    );

    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('Look at it again and decide anew.');
    await user.click(
      within(alert).getByRole('button', { name: 'Abort instead' }),
    );
    expect(
      await screen.findByText(
        'Routes all requests back to blue at once; its 5 pods are still running.',
      ),
    ).toBeVisible();
  });

  it('repeats a decision whose answer was lost with the same key, and a refused one with another', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const answers = [
      new TypeError('Failed to fetch'),
      new RolloutActionError('Try later.', 409, {
        code: 'conflict',
        message: 'Try later.',
      }),
    ];
    const accept = api.answer;
    api.answer = (action, request) => {
      const failure = answers.shift();
      if (failure) {
        throw failure;
      }
      return accept(action, request);
    };
    const { user, dialog } = await openPromote();
    const confirm = within(dialog).getByRole('button', {
      name: 'Promote to 40 %',
    });

    await user.click(confirm);
    await within(dialog).findByText('Failed to fetch');
    await user.click(confirm);
    await within(dialog).findByText('Try later.');
    await user.click(confirm);
    await waitFor(() => expect(api.asked).toHaveLength(3));

    const keys = api.asked.map(({ request }) => request.idempotencyKey);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('does not send a decision about a state that is gone', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const { user, dialog } = await openPromote();
    act(() => api.push({ type: 'rollout', data: after! }));

    const confirm = within(dialog).getByRole('button', {
      name: 'Promote to 40 %',
    });
    await waitFor(() => expect(confirm).toBeDisabled());
    await user.click(
      within(dialog).getByRole('button', { name: 'Show the new state' }),
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Promote to 60 %' }),
    );

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]?.request.seen.stepIndex).toBe(3);
  });

  it('shows the raw patch, asked for without writing', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const { user, dialog } = await openPromote();
    await user.click(
      within(dialog).getByRole('button', { name: 'Show the patch' }),
    );

    expect(
      await within(dialog).findByText(/PATCH rollouts\/colors\/status/),
    ).toBeVisible();
    expect(api.asked.map(({ request }) => request.dryRun)).toEqual([true]);
  });
});

describe('other actions', () => {
  it('lists the rest in a fixed order, locked ones with their reason', async () => {
    renderState('paused', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'More actions for colors' }),
    );

    const items = await screen.findAllByRole('menuitem');
    expect(items.map(item => item.textContent)).toEqual([
      'Promote fully',
      'Skip step',
      'Pause',
      'Restart',
      'Set image',
      'Undo',
      'RetryNothing is being released now.',
    ]);
  });

  it('aborts with a reason that is not demanded', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Abort' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Reason' }),
      'Errors in checkout ',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Abort' }));

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]?.request.reason).toBe('Errors in checkout');
  });

  it('sets an image, but not the one that runs', async () => {
    const { api } = renderState('healthy', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Set image' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Set image' });
    expect(confirm).toBeDisabled();
    const image = within(dialog).getByRole('textbox', { name: 'Image' });
    expect(image).toHaveAccessibleDescription('This is the image it runs now.');
    await user.clear(image);
    expect(image).toBeInvalid();
    expect(image).toHaveAccessibleDescription('Enter an image.');
    await user.type(image, 'demo/colors :green');
    expect(image).toHaveAccessibleDescription('An image has no spaces.');
    await user.clear(image);
    await user.type(image, 'demo/colors:green');
    expect(
      [...dialog.querySelectorAll('del, ins')].map(part => part.textContent),
    ).toEqual(['blue', 'green']);
    await user.click(confirm);

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]?.request.images).toEqual([
      { container: 'colors', image: 'demo/colors:green' },
    ]);
  });

  it('sets the image of the container that was chosen', async () => {
    const [healthy] = answerOf('healthy').rollouts;
    const api = new StateRolloutsApi({
      ...answerOf('healthy'),
      rollouts: [
        {
          ...healthy!,
          rollout: {
            ...healthy!.rollout,
            images: [
              ...healthy!.rollout.images,
              { container: 'proxy', stable: 'proxy:1', current: 'proxy:1' },
            ],
          },
        },
      ],
    });
    renderOn(api, <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Set image' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: /Container/ }));
    await user.click(await screen.findByRole('option', { name: 'proxy' }));
    const image = within(dialog).getByRole('textbox', { name: 'Image' });
    expect(image).toHaveValue('proxy:1');
    await user.type(image, '.2');
    await user.click(within(dialog).getByRole('button', { name: 'Set image' }));

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]?.request.images).toEqual([
      { container: 'proxy', image: 'proxy:1.2' },
    ]);
  });

  it('brings back the revision that was chosen', async () => {
    const { api } = renderState('rolled-back', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'More actions for colors' }),
    );
    await user.click(await screen.findByRole('menuitem', { name: 'Undo' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(
      within(dialog).getByRole('radio', { name: 'Revision 1: blue' }),
    );
    expect(
      within(dialog).getByText(
        'Brings Revision 1: blue back as a new revision.',
      ),
    ).toBeVisible();
    expect(dialog).toHaveAccessibleName(/^Undo to revision 1 \(blue\)/);
    await user.click(
      within(dialog).getByRole('button', { name: 'Undo to revision 1 (blue)' }),
    );

    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]?.request.toRevision).toBe(1);
  });

  it('opens with what did not fail, and says which did', async () => {
    const answer = answerOf('healthy');
    const rollout = answer.rollouts[0]!.rollout;
    const blue = rollout.revisions[0]!;
    rollout.revision = 3;
    rollout.revisions = [
      { ...blue, revision: 3 },
      { ...blue, revision: 2, role: 'old', outcome: 'rolled-back' },
      { ...blue, revision: 1, role: 'old' },
    ];
    rollout.actions = rollout.actions.map(action =>
      action.action === 'undo' ? { ...action, applicable: true } : action,
    );
    renderOn(new StateRolloutsApi(answer), <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'More actions for colors' }),
    );
    await user.click(await screen.findByRole('menuitem', { name: 'Undo' }));
    const dialog = await screen.findByRole('dialog');

    expect(
      within(dialog).getByRole('radio', { name: 'Revision 1: blue' }),
    ).toBeChecked();
    expect(
      within(dialog).getByRole('radio', {
        name: 'Revision 2: blue (rolled back by analysis)',
      }),
    ).toBeEnabled();
  });
});
