import {
  act,
  configure,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  APPROVAL_STATE_NAMES,
  type ApprovalStateName,
} from '../__fixtures__/stateNames';
import { approvalState } from '../__fixtures__/approvalStates';
import { renderApprovals } from '../__testUtils__/renderState';
import { RolloutActionError } from '../api/RolloutActionError';
import { EntityRolloutsCard } from '../card/EntityRolloutsCard';
import { EntityRolloutsContent } from '../content/EntityRolloutsContent';

// axe reads a whole page; on a busy machine that takes seconds.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

const buttons = async () =>
  within(await screen.findByRole('group', { name: 'Actions for colors' }))
    .getAllByRole('button')
    .map(button => button.getAttribute('aria-label') ?? button.textContent);

async function openApprove(state: ApprovalStateName) {
  const rendered = renderApprovals(state, <EntityRolloutsCard />);
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', { name: 'Approve: Promote to 40 %' }),
  );
  return { user, dialog: await screen.findByRole('dialog'), ...rendered };
}

describe('approvals on the card', () => {
  it.each(APPROVAL_STATE_NAMES)(
    'has nothing that axe finds: %s',
    async state => {
      const { container } = renderApprovals(state, <EntityRolloutsCard />);
      await screen.findByText('Paused');
      await buttons();

      expect(await axe(container)).toHaveNoViolations();
    },
  );

  it('says what is asked, of whom, who has answered, until when and to what effect', async () => {
    renderApprovals('approval-partly', <EntityRolloutsCard />);

    const panel = await screen.findByRole('region', {
      name: 'olivia asks for approval: Promote to 40 %',
    });
    expect(panel).toHaveTextContent('colors-owners: 1 of 2 approvals');
    expect(panel).toHaveTextContent('ada approved: Errors are flat.');
    expect(panel).toHaveTextContent('expires in 56 min');
    expect(panel).toHaveTextContent('At least 500 requests seen; 312 so far.');
    expect(panel).toHaveTextContent(
      'The last approval does it at once: Promote to 40 %.',
    );
    expect(screen.getByText('Waits for you')).toBeVisible();
  });

  it('puts Approve in the place of Promote for who can', async () => {
    renderApprovals('approval-partly', <EntityRolloutsCard />);

    await screen.findByText('Waits for you');
    expect(await buttons()).toEqual([
      'Approve: Promote to 40 %',
      'Abort',
      'More actions for colors',
    ]);
  });

  it('keeps the locked Promote in place for who asked, and lets them withdraw', async () => {
    const { approvals } = renderApprovals(
      'approval-requester',
      <EntityRolloutsCard />,
    );
    const user = userEvent.setup();
    expect(
      await screen.findByText(
        'You asked for it: somebody else has to approve.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Promote to 40 %' }),
    ).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Reject' })).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Withdraw' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
    await waitFor(() =>
      expect(approvals.asked).toEqual([
        { method: 'withdraw', id: 'q1', body: { reason: undefined } },
      ]),
    );
  });

  it.each([
    ['approval-rejected', 'Rejected', /latency doubled/],
    ['approval-voided', 'Void', /The image was changed/],
    ['approval-expired', 'Expired', /Nobody answered/],
  ] as const)('says why when %s', async (state, word, reason) => {
    renderApprovals(state, <EntityRolloutsCard />);

    const panel = await screen.findByRole('region', { name: /olivia asked/ });
    expect(within(panel).getAllByText(new RegExp(word))[0]).toBeVisible();
    expect(within(panel).getByText(reason)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Ask for approval' }),
    ).toBeEnabled();
  });

  it('opens the lock once it is approved', async () => {
    renderApprovals('approval-unlocked', <EntityRolloutsCard />);

    expect(
      await screen.findByText(
        'Unlocked until it expires or the rollout moves on.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Promote to 40 %' }),
    ).toBeEnabled();
  });
});

describe('answering', () => {
  it('approves what was seen, with the effect said before the click', async () => {
    const { approvals, dialog, user } = await openApprove('approval-partly');

    expect(
      within(dialog).getByText(
        /Yours is the last approval. It does this at once/,
      ),
    ).toBeVisible();
    const numbers = within(dialog).getByRole('table', { name: 'The numbers' });
    expect(numbers).toHaveTextContent(/success rate99.1\s%99.8\s% · changed/);
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));

    await waitFor(() =>
      expect(approvals.asked).toEqual([
        {
          method: 'approve',
          id: 'q1',
          body: {
            seen: {
              uid: '0b6f4c1e-8d0c-4a35-9f5e-6a4f2d0f7b11',
              generation: 2,
              podHash: '5f6b7c8d99',
              stepIndex: 1,
            },
            reason: undefined,
          },
        },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows at once what came of it, before it is read again', async () => {
    const { approvals, dialog, user } = await openApprove('approval-partly');
    const approve = approvals.approve.bind(approvals);
    approvals.approve = async (id, body) => ({
      ...(await approve(id, body)),
      state: 'executed',
      endedAt: new Date().toISOString(),
    });
    approvals.listEntityApprovals = () => new Promise(() => {});
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));

    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: /^Approve: Promote/ }),
      ).toBeNull(),
    );
  });

  it('says when it is approved but could not be carried out', async () => {
    const { approvals, dialog, user } = await openApprove('approval-partly');
    const approve = approvals.approve.bind(approvals);
    approvals.approve = async (id, body) => ({
      ...(await approve(id, body)),
      state: 'approved',
      notice: 'Approved, but not carried out. You may not promote.',
    });
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));

    expect(
      await within(dialog).findByText(
        'Approved, but not carried out. You may not promote.',
      ),
    ).toBeVisible();
    expect(
      within(dialog).queryByRole('button', { name: 'Approve' }),
    ).toBeNull();
  });

  it('says how many are needed after mine', async () => {
    const { dialog } = await openApprove('approval-asked');

    expect(
      within(dialog).getByText(/After yours 1 more is needed/),
    ).toBeVisible();
  });

  it('shows a refusal in place, and the request as it is now', async () => {
    const { approvals, dialog, user } = await openApprove('approval-partly');
    approvals.refusal = new RolloutActionError('You have voted already.', 409, {
      code: 'conflict',
      message: 'You have voted already.',
      remedy: 'Wait for the others.',
    });
    const read = jest.spyOn(approvals, 'listEntityApprovals');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));

    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('You have voted already.');
    expect(alert).toHaveTextContent('Wait for the others.');
    await waitFor(() => expect(read).toHaveBeenCalled());
  });

  it('does not send an approval of a request that is void meanwhile', async () => {
    const { api, approvals, dialog } = await openApprove('approval-partly');
    approvals.requests = approvalState('approval-voided', Date.now()).requests;
    const { rollout, access } = approvalState('approval-voided', Date.now());
    act(() => api.push({ type: 'rollout', data: { rollout, access } }));

    expect(
      await within(dialog).findByText('This request has ended: void.'),
    ).toBeVisible();
    expect(
      within(dialog).getByRole('button', { name: 'Approve' }),
    ).toBeDisabled();
  });

  it('rejects with a reason, and not without', async () => {
    const { approvals } = renderApprovals(
      'approval-asked',
      <EntityRolloutsCard />,
    );
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Reject' }));
    const dialog = await screen.findByRole('dialog');
    const reject = within(dialog).getByRole('button', { name: 'Reject' });
    await user.click(reject);
    expect(await within(dialog).findByText('Say why.')).toBeVisible();
    expect(approvals.asked).toEqual([]);

    await user.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Latency doubled.',
    );
    await user.click(reject);
    await waitFor(() =>
      expect(approvals.asked).toEqual([
        { method: 'reject', id: 'q1', body: { reason: 'Latency doubled.' } },
      ]),
    );
  });

  it('reads again when a vote shows in the stream', async () => {
    const { api, approvals } = renderApprovals(
      'approval-asked',
      <EntityRolloutsCard />,
    );
    await screen.findByText(/^Waits for you/);
    expect(screen.queryByText(/Errors are flat\./)).toBeNull();
    const later = approvalState('approval-partly', Date.now());
    approvals.requests = later.requests;

    act(() =>
      api.push({
        type: 'rollout',
        data: {
          access: later.access,
          rollout: {
            ...later.rollout,
            actions: later.rollout.actions.map(view => ({
              ...view,
              locks: view.locks?.map(lock => ({ ...lock, reason: 'Now 1.' })),
            })),
          },
        },
      }),
    );

    expect(await screen.findByText(/Errors are flat\./)).toBeVisible();
  });
});

describe('asking', () => {
  it('says why it was rejected once, by whom', async () => {
    renderApprovals('approval-rejected', <EntityRolloutsContent />);
    expect(await screen.findAllByText(/Checkout latency doubled/)).toHaveLength(
      1,
    );
  });

  it('asks from the locked button, with a message', async () => {
    const { approvals } = renderApprovals(
      'approval-needed',
      <EntityRolloutsCard />,
    );
    const user = userEvent.setup();
    const promote = await screen.findByRole('button', {
      name: 'Promote to 40 %',
    });
    expect(promote).toBeDisabled();
    expect(promote).toHaveAccessibleDescription(
      /Production needs two asks for 2 approvals of colors-owners/,
    );

    await user.click(screen.getByRole('button', { name: 'Ask for approval' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Message' }),
      'Looks good.',
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Ask for approval' }),
    );

    await waitFor(() =>
      expect(approvals.asked[0]).toMatchObject({
        method: 'request',
        body: {
          action: 'promote',
          reason: 'Looks good.',
          seen: { stepIndex: 1, podHash: '5f6b7c8d99' },
        },
      }),
    );
    expect(await screen.findByText('Looks good.')).toBeVisible();
  });

  it('offers to ask in the menu, too', async () => {
    renderApprovals('approval-needed', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'More actions for colors' }),
    );

    expect(
      await screen.findByRole('menuitem', {
        name: /^Ask for approval: Promote fully/,
      }),
    ).not.toHaveAttribute('aria-disabled');
    expect(
      screen.queryByRole('menuitem', { name: 'In an emergency' }),
    ).toBeNull();
  });
});

it('shows the numbers on the tab, as asked and as they are', async () => {
  renderApprovals('approval-partly', <EntityRolloutsContent />);

  const numbers = await screen.findByRole('table', { name: 'The numbers' });
  expect(
    within(numbers)
      .getAllByRole('row')
      .map(row => row.textContent),
  ).toEqual([
    'WhatWhen askedNow',
    expect.stringMatching(/^Traffic to the new version20\s%20\s%$/),
    'Step2/82/8',
    'Imagesblue → greenblue → green',
    expect.stringMatching(
      /^success rate99.1\s%99.8\s% · changed · needs ≥ 95 %$/,
    ),
  ]);
});
