import {
  renderInTestApp,
  mockApis,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { configApiRef } from '@backstage/frontend-plugin-api';
import { fireEvent, screen } from '@testing-library/react';
import { DemoUserChoice } from './DemoUserChoice';
import { readDemoUsers } from './demoUsers';
import { DemoSignInPage } from './DemoSignInPage';

const users = [
  { name: 'ada', title: 'Ada', note: 'May act.' },
  { name: 'grace', title: 'Grace', note: 'May look.' },
];

describe('the sign-in page', () => {
  it('offers each demo user and passes on the choice', async () => {
    const onChoose = jest.fn();
    renderInTestApp(<DemoUserChoice users={users} onChoose={onChoose} />);

    fireEvent.click(await screen.findByRole('button', { name: /Grace/ }));

    expect(onChoose).toHaveBeenCalledWith('grace');
  });

  it('has the first user under the Enter key', async () => {
    renderInTestApp(<DemoUserChoice users={users} onChoose={() => {}} />);
    expect(await screen.findByRole('button', { name: /Ada/ })).toHaveFocus();
  });

  it('says why signing in did not work', async () => {
    renderInTestApp(
      <DemoUserChoice
        users={users}
        onChoose={() => {}}
        error={new Error('503')}
      />,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Signing in did not work: 503',
    );
  });

  it('says what to configure when there is nobody to be', async () => {
    renderInTestApp(
      <TestApiProvider apis={[[configApiRef, mockApis.config()]]}>
        <DemoSignInPage onSignInSuccess={() => {}} />
      </TestApiProvider>,
    );
    expect(
      await screen.findByText(/No way to sign in is configured/),
    ).toBeInTheDocument();
  });
});

describe('readDemoUsers', () => {
  it('shows the name of a user without a title', () => {
    const config = mockApis.config({
      data: { auth: { providers: { demo: { users: [{ name: 'ada' }] } } } },
    });
    expect(readDemoUsers(config)).toEqual([
      { name: 'ada', title: 'ada', note: undefined },
    ]);
  });
});
