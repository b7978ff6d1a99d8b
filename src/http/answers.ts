import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse, type StandardSchemaObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

/** What a route answers when all is well, and the errors that are particular to it. `openapi.ts` adds the others. */
export function Answers(status: number, schema: StandardSchemaObject, ...errors: number[]) {
  const success = ApiResponse({ status, description: STATUS_CODES[status] ?? '', standardSchema: schema });
  return applyDecorators(HttpCode(status), success, ...errors.map(AnswersProblem));
}

/** 204. */
export function AnswersNothing(...errors: number[]) {
  return applyDecorators(
    HttpCode(204),
    ApiResponse({ status: 204, description: 'Done' }),
    ...errors.map(AnswersProblem),
  );
}

/** How OpenAPI describes an error of this API. */
export function problemResponse(status: number) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description: STATUS_CODES[status] ?? '', content };
}

/** An error that a route may answer. */
export const AnswersProblem = (status: number) => ApiResponse({ status, ...problemResponse(status) });
