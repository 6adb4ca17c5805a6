import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderApprovals } from '../__testUtils__/renderState';
import { EntityRolloutsCard } from '../card/EntityRolloutsCard';

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

describe('a freeze', () => {
  it('locks Promote with its name, reason and end, and never Abort', async () => {
    renderApprovals('frozen', <EntityRolloutsCard />);

    expect(
      await screen.findByText(/The freeze “Black Friday” lasts/),
    ).toBeVisible();
    expect(screen.getByText(/3 d 7 h left/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Promote to 40 %' }),
    ).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Abort' })).toBeEnabled();
    expect(
      screen.queryByRole('button', { name: 'Ask for approval' }),
    ).toBeNull();
  });

  it('is passed in an emergency by who may, with a reason', async () => {
    const { api } = renderApprovals('frozen', <EntityRolloutsCard />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'More actions for colors' }),
    );
    await user.click(
      await screen.findByRole('menuitem', { name: 'In an emergency' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Promote to 40 %, past the locks',
    });
    expect(confirm).toBeDisabled();
    expect(
      within(dialog).getByText(/stays in the history with your name/),
    ).toBeVisible();

    await user.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Checkout is down.',
    );
    await user.click(confirm);
    await waitFor(() =>
      expect(api.asked[0]).toMatchObject({
        action: 'promote',
        request: { emergency: true, reason: 'Checkout is down.' },
      }),
    );
  });
});
