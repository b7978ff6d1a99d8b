import { describe, expect, it } from '@jest/globals';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { validateEnvironment } from '../src/config/environment.js';
import { environmentSchema } from '../src/config/environment.schema.js';

interface Manifest {
  kind: string;
  metadata: { name: string };
}

const file = readFileSync('deploy/kubernetes/cross-origin-api.yaml', 'utf8');
const manifests = parseAllDocuments(file).map((document) => document.toJS() as Manifest);
const find = (kind: string): unknown => manifests.find((manifest) => manifest.kind === kind);

/** With the schemas of Kubernetes. */
const models = { ConfigMap, Deployment, Ingress, PodDisruptionBudget, Service };
const validate = (manifest: Manifest) => {
  const Model = models[manifest.kind as keyof typeof models] as new (data: object) => { validate(): void };
  new Model(manifest).validate();
};

/** Of the process itself, after SHUTDOWN_DELAY. */
const shutdownSeconds = 9.5;

describe('the manifests for Kubernetes', () => {
  it.each(manifests.map((manifest) => [manifest.kind, manifest] as const))('have a valid %s', (_, manifest) => {
    expect(() => validate(manifest)).not.toThrow();
  });

  it('would not be valid with a field of another type, or without a field that is required', () => {
    const deployment = find('Deployment') as Manifest & { spec: object };
    const changed = (spec: object) => ({ ...deployment, spec: { ...deployment.spec, ...spec } }) as Manifest;
    expect(() => validate(changed({ replicas: 'two' }))).toThrow(/replicas/);
    expect(() => validate(changed({ selector: undefined }))).toThrow(/selector/);
  });

  it('give settings with which the API starts', () => {
    const { data } = find('ConfigMap') as { data: Record<string, string> };
    expect(Object.keys(environmentSchema.describe().keys as object)).toEqual(expect.arrayContaining(Object.keys(data)));
    const secrets = { DATABASE_URL: 'postgres://user:password@host:5432/database', JWT_SECRET: 'x'.repeat(64) };
    const created = [...file.matchAll(/--from-literal=([A-Z_]+)=/g)].map(([, name]) => name);
    expect(created).toEqual(Object.keys(secrets));
    const environment = validateEnvironment({ ...data, ...secrets });
    const { spec } = find('Deployment') as IDeployment;
    const pod = spec?.template.spec;
    const [container] = pod?.containers ?? [];
    expect(container?.ports?.map(({ containerPort }) => containerPort)).toEqual([
      environment.PORT,
      environment.METRICS_PORT,
    ]);
    const [, preStopSeconds] = container?.lifecycle?.preStop?.exec?.command ?? [];
    const neededSeconds = Number(preStopSeconds) + (environment.SHUTDOWN_DELAY ?? 0) + shutdownSeconds;
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(neededSeconds);
  });
});
