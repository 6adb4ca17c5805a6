import {
  act,
  configure,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { HISTORY_ADDRESSES } from '../__fixtures__/historyAddresses';
import { stateHistory } from '../__fixtures__/historyStates';
import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import {
  HISTORY_STATE_NAMES,
  type HistoryStateName,
} from '../__fixtures__/stateNames';
import { answerOf, renderOn } from '../__testUtils__/renderState';
import { EntityRolloutsContent } from '../content/EntityRolloutsContent';
import { saveFile } from './saveFile';

jest.mock('./saveFile', () => ({ saveFile: jest.fn() }));

// axe reads a whole page; on a busy machine that takes seconds.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });

function openHistory(state: HistoryStateName) {
  const history = stateHistory(state, Date.now());
  const rollouts = new StateRolloutsApi(answerOf('paused'));
  const rendered = renderOn(rollouts, <EntityRolloutsContent />, undefined, {
    history,
    path: `/?${HISTORY_ADDRESSES[state]}`,
  });
  return { history, rollouts, ...rendered };
}

async function rows(): Promise<HTMLElement[]> {
  return screen.findAllByRole('button', {
    expanded: false,
    name: /from .+ to |^blue$/,
  });
}

describe('HistoryView', () => {
  it.each(HISTORY_STATE_NAMES.filter(name => name !== 'history-long'))(
    'has nothing that axe finds when %s',
    async state => {
      const { container } = openHistory(state);
      await waitFor(() =>
        expect(container.querySelector('[data-ready]')).toBeInTheDocument(),
      );

      expect(await axe(container)).toHaveNoViolations();
    },
  );

  it('tells what was released, by whom, how long it took and how it ended', async () => {
    openHistory('history');

    const red = (await screen.findByText('Rolled back by analysis')).closest(
      'li',
    );
    expect(red).toHaveTextContent('from green to red');
    expect(red).toHaveTextContent(
      'revision 6 · took 45 s · stopped at step 2 of 8 · by olivia',
    );
    expect(red).toHaveTextContent(/must be at least 95 %/);
    expect(screen.getByText('Emergency')).toBeVisible();
    expect(screen.getAllByText('partly not observed')).toHaveLength(2);
    expect(screen.getByText('Completed, rolled back later')).toBeVisible();
  });

  it('says the four measures in a line', async () => {
    openHistory('history');

    expect(await screen.findByText('23 deployments, 0.8 a day')).toBeVisible();
    expect(screen.getByText('lead time 3 h 10 min')).toBeVisible();
    expect(screen.getByText('8 % failed')).toBeVisible();
    expect(screen.getByText('restored in 48 s')).toBeVisible();
  });

  it('says of steps that never began that they were not run', async () => {
    openHistory('history-rolled-back');
    const steps = await screen.findByRole('list', {
      name: 'Steps of the release',
    });
    const last = within(steps).getAllByRole('listitem').at(-1);
    expect(last).toHaveTextContent(/not run/);
    expect(last).not.toHaveTextContent(/skipped/);
  });

  it('opens to steps, numbers, decisions and what happened', async () => {
    openHistory('history-release');

    const steps = await screen.findByRole('list', {
      name: 'Steps of the release',
    });
    expect(within(steps).getAllByRole('listitem')[1]).toHaveTextContent(
      /pause until promoted.*took 10 min 32 s · ended by Promote of olivia/,
    );
    expect(
      screen.getByRole('img', {
        name: /Traffic to the new version over time.*at most 100\s%/,
      }),
    ).toBeVisible();
    expect(
      await screen.findByRole('img', { name: 'success rate, 6 measurements' }),
    ).toBeVisible();
    expect(screen.getAllByText(/Errors are flat/)[0]).toBeVisible();
    expect(screen.getByText('approved and carried out')).toBeVisible();
    expect(screen.getByText('asked to Promote')).toBeVisible();
  });

  it('marks what nobody watched as a gap, with its cause', async () => {
    openHistory('history-gap');

    expect(
      await screen.findByRole('list', { name: 'Not observed' }),
    ).toHaveTextContent(/the portal was down/);
    const steps = screen.getByRole('list', { name: 'Steps of the release' });
    expect(within(steps).getAllByText(/came and went unobserved/)).toHaveLength(
      2,
    );
  });

  it('does not call approved what was carried out in an emergency', async () => {
    openHistory('history-emergency');

    expect(
      await screen.findByText('carried out without approval'),
    ).toBeVisible();
    expect(screen.queryByText('approved and carried out')).toBeNull();
  });

  it('compares with the release before, and with another', async () => {
    const { history } = openHistory('history-release');
    const compared = jest.spyOn(history, 'compareReleases');
    const user = userEvent.setup();

    const diff = await screen.findByRole('table', {
      name: /Difference of the pod template/,
    });
    expect(diff).toHaveTextContent(/removed .*image: demo\/colors:blue/);
    expect(diff).toHaveTextContent(/added .*image: demo\/colors:green/);
    expect(screen.getByText('3 fields differ')).toBeVisible();

    await user.click(screen.getByRole('button', { name: /Compared with/ }));
    await user.click(await screen.findByRole('option', { name: /^red/ }));
    await waitFor(() =>
      expect(compared).toHaveBeenLastCalledWith(
        'red',
        'later-undone',
        expect.anything(),
      ),
    );
  });

  it('is filtered by what the address says', async () => {
    const { history } = openHistory('history-filtered');

    await screen.findByText('Rolled back by analysis');
    expect(history.asked.at(-1)).toEqual({
      entity: 'component:default/colors',
      outcome: ['aborted'],
      image: 'red',
      from: expect.stringMatching(/:00:00Z$/),
    });
    expect(await rows()).toHaveLength(1);
  });

  it('asks for what is typed, and for everything again when cleared', async () => {
    const { history } = openHistory('history');
    const user = userEvent.setup();
    await screen.findByText('Rolled back by analysis');

    await user.type(screen.getByRole('searchbox', { name: 'Image' }), 'purple');
    expect(await screen.findByText('No release matches.')).toBeVisible();
    expect(history.asked.at(-1)?.image).toBe('purple');

    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(await screen.findByText('Rolled back by analysis')).toBeVisible();
    expect(history.asked.at(-1)).toEqual({
      entity: 'component:default/colors',
    });
  });

  it('reads a page at a time', async () => {
    openHistory('history-long');
    const user = userEvent.setup();
    expect(await rows()).toHaveLength(25);

    await user.click(
      screen.getByRole('button', { name: 'Show older releases' }),
    );
    await waitFor(async () => expect(await rows()).toHaveLength(50));
  });

  it('reads again when the rollout has moved on', async () => {
    const { history, rollouts } = openHistory('history');
    const badge = { selector: 'span' };
    await screen.findByText('In progress', badge);
    history.releases = history.releases.map(release =>
      release.outcome === 'in-progress'
        ? { ...release, outcome: 'completed' }
        : release,
    );

    const [healthy] = answerOf('healthy').rollouts;
    act(() => rollouts.push({ type: 'rollout', data: healthy! }));

    await waitFor(() =>
      expect(screen.queryByText('In progress', badge)).toBeNull(),
    );
  });

  it('saves what is filtered as a file', async () => {
    const { history } = openHistory('history-filtered');
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: /As CSV/ }));

    await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1));
    expect(history.exported).toEqual([
      { format: 'csv', filter: expect.objectContaining({ image: 'red' }) },
    ]);
    expect(jest.mocked(saveFile).mock.calls[0]?.[1]).toMatch(
      /^releases-colors-\d{4}-\d{2}-\d{2}\.csv$/,
    );
  });

  it('says why nothing can be read, and tries again when asked', async () => {
    const history = stateHistory('history', Date.now());
    history.failure = new Error('Request failed with 503 Service Unavailable');
    renderOn(
      new StateRolloutsApi(answerOf('paused')),
      <EntityRolloutsContent />,
      undefined,
      { history, path: `/?${HISTORY_ADDRESSES.history}` },
    );
    const user = userEvent.setup();
    expect(
      await screen.findByText('Request failed with 503 Service Unavailable'),
    ).toBeVisible();

    history.failure = undefined;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Rolled back by analysis')).toBeVisible();
  });

  it('says when the release of a link is not on record', async () => {
    renderOn(
      new StateRolloutsApi(answerOf('paused')),
      <EntityRolloutsContent />,
      undefined,
      { path: '/?rollouts[view]=history&rollouts[release]=nobody' },
    );

    expect(
      await screen.findByText(
        'This release is not on record, or you may not see it.',
      ),
    ).toBeVisible();
  });

  it('goes from now to the history and back', async () => {
    renderOn(
      new StateRolloutsApi(answerOf('paused')),
      <EntityRolloutsContent />,
    );
    const user = userEvent.setup();
    await screen.findByRole('button', { name: 'Promote to 40 %' });

    await user.click(screen.getByRole('tab', { name: 'History' }));
    expect(await screen.findByText('Rolled back by analysis')).toBeVisible();
    await user.click(screen.getByRole('tab', { name: 'Now' }));
    expect(
      await screen.findByRole('button', { name: 'Promote to 40 %' }),
    ).toBeVisible();
  });
});
