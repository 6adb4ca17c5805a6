import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
  type FieldExtensionComponentProps,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { answerOf, colorsEntity } from './__testUtils__/renderState';
import { StateApprovalsApi } from './__fixtures__/StateApprovalsApi';
import { fleetAnswer } from './__fixtures__/fleetStates';
import { StateFleetApi } from './__fixtures__/StateFleetApi';
import { StatePreviewApi } from './__fixtures__/StatePreviewApi';
import { StateRolloutsApi } from './__fixtures__/StateRolloutsApi';
import { previewApiRef } from './api/PreviewApi';
import {
  approvalsApiRef,
  EntityRolloutsCard,
  EntityRolloutsContent,
  fleetApiRef,
  FleetPage,
  isRolloutsAvailable,
  rolloutsApiRef,
  rolloutsPlugin,
  RolloutStrategyFieldExtension,
} from './legacy';

/** Gives a routable extension its path, as an app's route element does. */
const Mount = (props: { path: string; element: JSX.Element }) => props.element;

describe('the plugin in an app of the old frontend system', () => {
  it.each([
    ['card', <EntityRolloutsCard />],
    ['tab', <EntityRolloutsContent />],
  ])('shows the %s', async (_, element) => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [rolloutsApiRef, new StateRolloutsApi(answerOf('healthy'))],
          [approvalsApiRef, new StateApprovalsApi()],
        ]}
      >
        <EntityProvider entity={colorsEntity}>
          <Mount path="/" element={element} />
        </EntityProvider>
      </TestApiProvider>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

    expect(
      await screen.findByText(
        'All requests go to blue; 5 of 5 pods are ready.',
      ),
    ).toBeVisible();
  });

  it('leads from the page of all to where the app has the tab', async () => {
    const answer = fleetAnswer('fleet', Date.now());
    await renderInTestApp(
      <TestApiProvider
        apis={[[fleetApiRef, new StateFleetApi(answer?.page, answer?.waiting)]]}
      >
        <Mount path="/" element={<FleetPage entityTabPath="/deploy" />} />
      </TestApiProvider>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

    // The page is a grid: what is not in its content's area gets no width.
    const content = within(screen.getByRole('main')).getByRole('article');
    const waiting = await within(content).findByRole('region', {
      name: 'Waits for you',
    });
    const [link] = await within(waiting).findAllByRole('link');
    expect(link).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/catalog\/[^?]+\/deploy\?rollout=/),
    );
  });

  it('knows which entities it is for', () => {
    expect(isRolloutsAvailable(colorsEntity)).toBe(true);
    expect(
      isRolloutsAvailable({
        ...colorsEntity,
        metadata: { ...colorsEntity.metadata, annotations: {} },
      }),
    ).toBe(false);
  });

  it('brings the form field of templates', async () => {
    const changes: unknown[] = [];
    const Field = () => {
      const [field] = useCustomFieldExtensions<FieldExtensionOptions>(
        <ScaffolderFieldExtensions>
          <RolloutStrategyFieldExtension />
        </ScaffolderFieldExtensions>,
      );
      const errors: string[] = [];
      field?.validation?.(
        { weights: [400] },
        { addError: (message: string) => errors.push(message) } as never,
        {} as never,
      );
      const props = {
        formData: {},
        onChange: (value: unknown) => changes.push(value),
        formContext: { formData: { name: 'shop' } },
        uiSchema: {},
      } as unknown as FieldExtensionComponentProps<unknown>;
      return (
        <>
          <p>
            {field?.name}: {errors.join()}
          </p>
          {field && <field.component {...props} />}
        </>
      );
    };
    await renderInTestApp(
      <TestApiProvider
        apis={[[previewApiRef, new StatePreviewApi(() => 'standard')]]}
      >
        <Field />
      </TestApiProvider>,
    );

    expect(screen.getByText(/^RolloutStrategy: weights/)).toBeVisible();
    expect(
      await screen.findByText(
        /Everybody is on the new version after 15 min 15 s/,
      ),
    ).toBeVisible();
  });

  it('brings the APIs', () => {
    expect([...rolloutsPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.rollouts.service',
      'plugin.rollouts.approvals',
      'plugin.rollouts.history',
      'plugin.rollouts.hub',
      'plugin.rollouts.preview',
      'plugin.rollouts.fleet',
    ]);
  });
});
