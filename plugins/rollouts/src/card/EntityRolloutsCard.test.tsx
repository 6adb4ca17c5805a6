import { act, screen, waitFor, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import { STATE_NAMES } from '../__fixtures__/stateNames';
import {
  answerOf,
  colorsEntity,
  renderOn,
  renderState,
} from '../__testUtils__/renderState';
import { EntityRolloutsCard } from './EntityRolloutsCard';

const answered = STATE_NAMES.filter(
  name => !['loading', 'error', 'forbidden', 'not-annotated'].includes(name),
);

describe('EntityRolloutsCard', () => {
  it.each(answered)('has nothing that axe finds when %s', async state => {
    const { container } = renderState(state, <EntityRolloutsCard />);
    await screen
      .findByText(
        state === 'no-rollouts' ? 'No rollouts yet' : /^local \/ demo/,
      )
      .catch(() => screen.findAllByText(/^local \/ demo/));

    expect(await axe(container)).toHaveNoViolations();
  });

  it('says in one sentence what happens, and offers the action most wanted and abort', async () => {
    renderState('paused', <EntityRolloutsCard />);

    expect(
      await screen.findByText(
        '20 % of requests go to green. Waiting for someone to promote. Next is 40 %.',
      ),
    ).toBeVisible();
    const actions = screen.getByRole('group', { name: 'Actions for colors' });
    expect(
      within(actions)
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label') ?? button.textContent),
    ).toEqual(['Promote to 40 %', 'Abort', 'More actions for colors']);
    expect(screen.getByText('20 % wanted · 20 % routed')).toBeVisible();
    expect(screen.getByText('needs ≥ 95 %')).toBeVisible();
    expect(screen.getByText('canary 1/1')).toBeVisible();
  });

  it('speaks of no canary when there is none, and offers to set an image', async () => {
    renderState('healthy', <EntityRolloutsCard />);

    expect(await screen.findByText('blue serves 100 %')).toBeVisible();
    expect(
      screen.getByRole('img', { name: /^100\s% to stable$/ }),
    ).toBeVisible();
    expect(screen.queryByText(/canary$/)).toBeNull();
    expect(screen.getByRole('button', { name: 'Set image' })).toBeEnabled();
  });

  it('says by pods when nothing routes requests', async () => {
    renderState('replicas', <EntityRolloutsCard />);

    expect(await screen.findByText('about 20 %: 1 of 5 pods')).toBeVisible();
  });

  it('tells a rollback from other trouble, with metric, value and threshold', async () => {
    renderState('rolled-back', <EntityRolloutsCard />);

    expect(await screen.findByText('Rolled back')).toBeVisible();
    expect(
      screen.getByText(/success rate was 71 % and must be at least 95 %/),
    ).toBeVisible();
    expect(screen.getByText('71 %')).toBeVisible();
  });

  it('keeps locked buttons in place, with the reason in words', async () => {
    renderState('read-only', <EntityRolloutsCard />);

    const promote = await screen.findByRole('button', {
      name: 'Promote to 40 %',
    });
    expect(promote).toBeDisabled();
    expect(promote).toHaveAccessibleDescription(
      'colors-owners may do this; ask them.',
    );
    expect(screen.getByRole('button', { name: 'Abort' })).toBeDisabled();
    expect(
      screen.getByText('colors-owners may do this; ask them.'),
    ).toBeVisible();
  });

  it('shows stale data as stale and locks what would act on it, but going back', async () => {
    renderState('stale', <EntityRolloutsCard />);

    expect(
      await screen.findByText(
        /^Cluster local not heard from for 40 s: the connection was refused/,
      ),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: /^Promote to/ })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Abort' })).toBeEnabled();
  });

  it('counts the clusters that answer', async () => {
    renderState('cluster-down', <EntityRolloutsCard />);

    expect(await screen.findByText('2 of 3 clusters')).toBeVisible();
    expect(screen.getByText(/Cluster production/)).toHaveTextContent(
      'Check that the API server runs and that its address is right.',
    );
  });

  it('shows several rollouts of one entity, each with its own actions', async () => {
    renderState('several', <EntityRolloutsCard />);

    expect(await screen.findByRole('region', { name: 'search' })).toBeVisible();
    expect(
      screen.getByRole('group', { name: 'Actions for colors' }),
    ).toBeVisible();
    expect(
      screen.getByRole('group', { name: 'Actions for search' }),
    ).toBeVisible();
  });

  it('says what it looked for when there are no rollouts', async () => {
    renderState('no-rollouts', <EntityRolloutsCard />);

    expect(await screen.findByText('No rollouts yet')).toBeVisible();
    expect(
      screen.getByText(/backstage.io\/kubernetes-id: colors/),
    ).toBeVisible();
  });

  it('asks for the annotation when there is none', async () => {
    renderOn(new StateRolloutsApi(undefined), <EntityRolloutsCard />, {
      ...colorsEntity,
      metadata: { ...colorsEntity.metadata, annotations: {} },
    });

    expect(await screen.findByText('Missing Annotation')).toBeVisible();
  });

  it('loads in its final size', async () => {
    const { container } = renderState('loading', <EntityRolloutsCard />);

    expect(await screen.findByText('Loading rollouts')).toBeInTheDocument();
    expect(container.querySelector('[aria-busy="true"]')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why nothing can be read, and tries again when asked', async () => {
    const api = new StateRolloutsApi(
      undefined,
      new Error('Request failed with 503 Service Unavailable'),
    );
    renderOn(api, <EntityRolloutsCard />);

    expect(
      await screen.findByText('Request failed with 503 Service Unavailable'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('says whom to ask when the rollouts may not be seen', async () => {
    const api = new StateRolloutsApi(
      undefined,
      Object.assign(new Error('Forbidden'), {
        name: 'ResponseError',
        statusCode: 403,
      }),
    );
    renderOn(api, <EntityRolloutsCard />);

    expect(
      await screen.findByText('You may not see the rollouts of this entity.'),
    ).toBeVisible();
  });

  it('collapses many steps around the current one and opens when asked', async () => {
    renderState('many-steps', <EntityRolloutsCard />);

    const steps = await screen.findByRole('list', { name: 'Steps of colors' });
    expect(within(steps).getAllByRole('listitem')).toHaveLength(12);
    const current = within(steps)
      .getAllByRole('listitem')
      .filter(item => item.getAttribute('aria-current') === 'step');
    expect(current).toHaveLength(1);
    expect(current[0]).toHaveTextContent('Step 12 of 24');
    const [gap] = within(steps).getAllByRole('button');
    act(() => gap?.click());
    expect(within(steps).getAllByRole('listitem')).toHaveLength(24);
  });
});

describe('EntityRolloutsCard, live', () => {
  it('changes by itself and announces a rollback at once', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    await screen.findByText('Paused');

    const [rolledBack] = answerOf('rolled-back').rollouts;
    act(() => api.push({ type: 'rollout', data: rolledBack! }));

    expect(await screen.findByText('Rolled back')).toBeVisible();
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('alert')
          .some(alert =>
            /Rolled back 2 minutes ago/.test(alert.textContent ?? ''),
          ),
      ).toBe(true),
    );
  });

  it('announces other changes politely', async () => {
    const { api } = renderState('paused', <EntityRolloutsCard />);
    await screen.findByText('Paused');

    const [next] = answerOf('timed-pause').rollouts;
    act(() => api.push({ type: 'rollout', data: next! }));

    await waitFor(() =>
      expect(
        screen
          .getAllByRole('status')
          .some(status =>
            /colors: 40 % of requests go to green/.test(
              status.textContent ?? '',
            ),
          ),
      ).toBe(true),
    );
  });

  it('counts down a timed pause', async () => {
    renderState('timed-pause', <EntityRolloutsCard />);

    expect(await screen.findByRole('timer')).toHaveTextContent(/^[78] s left$/);
  });
});
