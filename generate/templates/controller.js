import { references } from '../feature.js';
import { bytesPerText, withSeparators } from '../limits.js';

/** @import { Feature } from '../feature.js' */

/** @param {Feature} feature */
export function controller(feature) {
  const { className, pluralClassName, plural, singular, variable, pluralVariable, withArticle, pluralWords } = feature;
  const texts = feature.fields.filter(({ typeName }) => typeName === 'text').length;
  const limit = texts > 0 ? `@BodyLimit(max${className}Bytes)` : '';
  const refers = references(feature).length > 0;
  const unknown = refers ? ', HttpStatus.UNPROCESSABLE_ENTITY' : '';
  return `
import { Body, Controller, Delete, Get, ${refers ? 'HttpStatus, ' : ''}Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../authentication/current-user.decorator.js';
import { Public } from '../authentication/public.decorator.js';
import { CurrentEntityTags, TakesIfMatch, type EntityTags } from '../conditional-requests/entity-tags.decorator.js';
${texts > 0 ? `import { BodyLimit } from '../http/body-limit.decorator.js';` : ''}
import {
  CurrentIdempotencyKey,
  TakesIdempotencyKey,
  type IdempotentRequest,
} from '../idempotency/idempotency-key.decorator.js';
import { Location } from '../http/location.decorator.js';
import { PubliclyCacheable } from '../http/publicly-cacheable.decorator.js';
import { CreatedResponse, NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import { NextLink } from '../pagination/next-link.decorator.js';
import type { Page } from '../pagination/page.schema.js';
import { idParams, type IdParams } from '../validation/field.schemas.js';
import {
  create${className}Schema,
  ${variable}PageSchema,
  ${variable}Schema,
  update${className}Schema,
  type ${className}Response,
  type Create${className},
  type Update${className},
} from './${singular}.schema.js';
import { list${pluralClassName}Schema, type List${pluralClassName} } from './${plural}.query.js';
import { ${pluralClassName}Service } from './${plural}.service.js';

${texts > 0 ? `/** Its longest text, with some room for what JSON escapes. */\nconst max${className}Bytes = ${withSeparators(texts * bytesPerText)};` : ''}

@ApiTags('${plural}')
@Controller('${plural}')
export class ${pluralClassName}Controller {
  constructor(private readonly ${pluralVariable}: ${pluralClassName}Service) {}

  @ApiOperation({ summary: 'List ${pluralWords}' })
  @Get()
  @Public()
  @PubliclyCacheable()
  @NextLink()
  @OkResponse(${variable}PageSchema)
  findAll(@Query({ schema: list${pluralClassName}Schema }) request: List${pluralClassName}): Promise<Page<${className}Response>> {
    return this.${pluralVariable}.findAll(request);
  }

  @ApiOperation({ summary: 'Read ${withArticle}' })
  @Get(':id')
  @Public()
  @PubliclyCacheable()
  @OkResponse(${variable}Schema)
  async findOne(
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<${className}Response> {
    return tags.send(await this.${pluralVariable}.findOne(id, tags.ifNoneMatch));
  }

  @ApiOperation({ summary: 'Create ${withArticle}' })
  @Post()
  @TakesIdempotencyKey()
  ${limit}
  @Location()
  @CreatedResponse(${variable}Schema${unknown})
  async create(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: create${className}Schema }) ${variable}: Create${className},
    @CurrentIdempotencyKey() request: IdempotentRequest | undefined,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<${className}Response> {
    return tags.send(await this.${pluralVariable}.create(user, ${variable}, request));
  }

  @ApiOperation({ summary: 'Update ${withArticle}; fields that are not sent stay the same' })
  @Patch(':id')
  @TakesIfMatch()
  ${limit}
  @OkResponse(${variable}Schema${unknown})
  async update(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: update${className}Schema }) changes: Update${className},
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<${className}Response> {
    return tags.send(await this.${pluralVariable}.update(user, id, changes, tags.ifMatch));
  }

  @ApiOperation({ summary: 'Delete ${withArticle}' })
  @Delete(':id')
  @TakesIfMatch()
  @NoContentResponse()
  remove(
    @CurrentUser() user: CurrentUser,
    @Param({ schema: idParams }) { id }: IdParams,
    @CurrentEntityTags() tags: EntityTags,
  ): Promise<void> {
    return this.${pluralVariable}.remove(user, id, tags.ifMatch);
  }
}
`;
}
