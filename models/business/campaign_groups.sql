/*
Who of each campaign list is left alone as the control group. One row per customer on a list.

A share of controlShare is kept apart: in each stratum those who come first by a hash of controlSalt and customer
id, as many as make the share right in the stratum, the campaign and the whole list, to one customer. The hash of a customer
depends on nobody else, but how many of a stratum are taken, and who falls into which stratum, depends on the list.

@grain customer_id
@column customer_id - customer as text
@column campaign_number - order of the campaigns, from 1
@column value_band - third of the campaign by predicted value, then by value so far (alone where the other is withheld): 0 is the lowest
@column silence_band - third of the campaign by days since the last order: 0 is the shortest silence
@column campaign_group - target: to be addressed; control: to be left alone, so that the effect can be measured
@check not_null(customer_id, campaign_number, value_band, silence_band, campaign_group)
@check unique(customer_id)
@check accepted_values(campaign_group, 'target', 'control')
@check range(value_band, 0, 2)
@check range(silence_band, 0, 2)
*/
with

candidates as (

    select * from {{ ref('campaign_candidates') }}

),

settings as (

    select
        cast({{ var('controlShare') }} as decimal(18, 9)) as control_share,
        {{ var('controlSalt') }} as control_salt

),

banded as (

    select
        customer_id,
        campaign_number,
        cast(
            least(
                2,
                floor(
                    3 * percent_rank() over (
                        partition by campaign_type
                        order by
                            coalesce(predicted_value, historic_value), historic_value
                    )
                )
            ) as integer
        ) as value_band,
        cast(
            least(
                2,
                floor(
                    3 * percent_rank() over (
                        partition by campaign_type
                        order by days_since_last_order
                    )
                )
            ) as integer
        ) as silence_band

    from candidates

),

strata as (

    select
        campaign_number,
        value_band,
        silence_band,
        count(*) as customers

    from banded
    group by campaign_number, value_band, silence_band

),

counted_strata as (

    select
        *,
        cast(
            sum(customers) over (
                order by campaign_number, value_band, silence_band
                rows between unbounded preceding and current row
            )
            as decimal(18, 0)
        ) as customers_so_far

    from strata

),

/* What is rounded off in one stratum counts in the next, so that the sum is right, too. */
quotas as (

    select
        counted_strata.campaign_number,
        counted_strata.value_band,
        counted_strata.silence_band,
        floor(
            settings.control_share * counted_strata.customers_so_far + 0.5
        )
        - floor(
            settings.control_share
            * cast(
                counted_strata.customers_so_far - counted_strata.customers
                as decimal(18, 0)
            )
            + 0.5
        ) as controls

    from counted_strata
    cross join settings

),

drawn as (

    select
        banded.*,
        {{ hash_share('settings.control_salt || '':'' || banded.customer_id') }}
            as draw

    from banded
    cross join settings

),

grouped as (

    select
        *,
        row_number() over (
            partition by campaign_number, value_band, silence_band
            order by draw, customer_id
        ) as draw_rank

    from drawn

),

final as (

    select
        grouped.customer_id,
        grouped.campaign_number,
        grouped.value_band,
        grouped.silence_band,
        case
            when grouped.draw_rank <= quotas.controls then 'control'
            else 'target'
        end as campaign_group

    from grouped
    inner join quotas
        on
            grouped.campaign_number = quotas.campaign_number
            and grouped.value_band = quotas.value_band
            and grouped.silence_band = quotas.silence_band

)

select * from final
