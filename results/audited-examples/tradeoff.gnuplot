$curve0 << END
1 71.53 71.2427 71.8173
2 71.668 71.4498 71.8862
4 71.631 71.5183 71.7437
8 71.575 71.5122 71.6378
END
$curve1 << END
1 70 69.249 70.751
1.99995 70.357 69.4111 71.3029
3.99999 70.62 69.4838 71.7562
7.99999 70.883 69.9105 71.8555
END
$curve2 << END
1 71.358 70.9493 71.7667
2 71.69 71.4473 71.9327
4 71.699 71.5553 71.8427
8 71.683 71.5992 71.7668
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.8:10]
set xtics ("1" 1, "2" 1.99995, "4" 3.99999, "8" 7.99999)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 example level, add-or-remove-one, poisson(rate=0.05), pld accountant}\n{/*0.7 points: mean of 10 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key below horizontal maxcols 1 opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "all releases of full batches", \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "all releases of small batches", \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "final model of full batches"
