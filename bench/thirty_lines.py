"""The same book by a script that keeps nothing: what `bench/pipeline.py` is compared with."""

import asyncio
import json
import sys
import time
from typing import Any

from openai import AsyncOpenAI


async def write_book(client: AsyncOpenAI, schema: dict[str, Any]) -> list[str]:
    form: Any = {"type": "json_schema", "name": "outline", "schema": schema, "strict": True}
    planned = await client.responses.create(model="m", input="Plan a book.", text={"format": form})
    chapters = json.loads(planned.output_text)["chapters"]
    prompts = [f"{planned.output_text}\n<chapter>\n{one['number']}. {one['title']}" for one in chapters]
    written = await asyncio.gather(*(client.responses.create(model="m", input=one) for one in prompts))
    return [answer.output_text for answer in written]


async def measure(url: str) -> None:
    from generation.prompts.outline import outline_schema

    async with AsyncOpenAI(base_url=url, api_key="bench", max_retries=0) as client:
        for _warm_up_then_measured in range(2):
            began, spent = time.perf_counter(), time.process_time()
            chapters = await write_book(client, outline_schema())
            wall, cpu = time.perf_counter() - began, time.process_time() - spent
    print(json.dumps({"chapters": len(chapters), "wall": wall, "cpu": cpu}))


asyncio.run(measure(sys.argv[1]))
